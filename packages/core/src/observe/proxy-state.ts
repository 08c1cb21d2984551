import type { ContainerInfo } from "dockerode";
import type { Host } from "../hosts/host.ts";
import { PROXY_CONTAINER } from "../hosts/proxy-container.ts";
import { PROXY_OPTIONS_LABEL } from "../release/labels.ts";
import type { ProxyServiceState, ProxyState } from "./host-state.ts";
import { bareName } from "./observed-container.ts";

/** The proxy's container among all of a host. */
export function proxyContainerState(
  containers: readonly ContainerInfo[],
): Pick<ProxyState, "container" | "version" | "options"> {
  const found = containers.find(({ Names }) => Names.some((name) => bareName(name) === PROXY_CONTAINER));
  if (found === undefined) return { container: "missing", version: null, options: null };
  return {
    container: found.State === "running" ? "running" : "stopped",
    version: found.Image.split(":")[1] ?? null,
    options: found.Labels[PROXY_OPTIONS_LABEL] ?? null,
  };
}

/**
 * What the proxy says of itself; null where there is none that answers. Why it does not is found out by
 * whoever needs it: a look has to be possible without.
 */
export async function askProxy(
  host: Pick<Host, "proxy">,
): Promise<{ release: string; services: ProxyServiceState[] } | null> {
  try {
    const control = await host.proxy();
    const { services } = await control.ask("look", "list", {});
    const served = services.map(({ service, active, traffic }) => {
      return { service, candidate: active?.candidate ?? null, targets: active?.targets ?? [], traffic };
    });
    return { release: control.release, services: served };
  } catch {
    return null;
  }
}
