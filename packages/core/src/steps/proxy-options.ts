import type { ServiceOptions } from "@cutover/proxy/protocol";
import { DeployError } from "../errors/index.ts";
import type { PassGate } from "../plan/step.ts";
import { certificateFile } from "../release/certificate.ts";
import type { Act } from "./act.ts";

/** What the proxy is told of a service: as planned, with the certificate that no plan holds. */
export async function proxyOptions(step: PassGate, act: Act): Promise<ServiceOptions> {
  const { options, tls } = step;
  if (tls === null) return options;
  const { redirect } = tls;
  if (tls.source === "automatic") return { ...options, tls: { source: "automatic", redirect } };
  const path = act.around.folders.certificate(step.release, step.role);
  const text = await (await act.host.files()).read(path);
  if (text === null)
    throw new DeployError("RELEASE_UNKNOWN", {
      cause: `the certificate of ${step.role} in release ${step.release} is not on ${act.host.name} (${path})`,
      hint: "deploy the version anew: deploy --version VERSION",
    });
  const own = certificateFile.parse(JSON.parse(text.toString("utf8")));
  return { ...options, tls: { source: "own", ...own, redirect } };
}
