import http, { type IncomingMessage } from "node:http";
import type { Evidence } from "../control/protocol.ts";
import type { HealthSettings } from "../control/settings.ts";
import { parseTarget } from "../upstream/target.ts";
import { proxyVersion } from "../version.ts";
import type { Finding } from "./gate.ts";
import { speaksTls } from "./speaks-tls.ts";

/** How much of an unwanted answer's body is kept as evidence, in bytes. */
const keptBody = 512;

/**
 * Asks a target once whether it is well.
 *
 * @param timeoutMs for the whole of it, from connecting to the answer's head
 */
export type Probe = (target: string, health: HealthSettings, timeoutMs: number) => Promise<Finding>;

/** A probe over a fresh connection, so that nothing is found healthy for what was kept open earlier. */
export const probe: Probe = async (target, health, timeoutMs) => {
  const address = parseTarget(target);
  if (address === null) return { target, kind: "unresolved", message: "not a target" };
  const finding = await ask(target, { ...address, port: health.port ?? address.port }, health, timeoutMs);
  if (finding === "passed" || (finding.kind !== "closed" && finding.kind !== "not-http")) return finding;
  const tls = await speaksTls({ ...address, port: health.port ?? address.port }, Math.min(1_000, timeoutMs));
  return tls ? { target, kind: "not-http", tls: true, bytes: "" } : finding;
};

function ask(
  target: string,
  address: { host: string; port: number },
  health: HealthSettings,
  timeoutMs: number,
): Promise<Finding> {
  return new Promise((resolve) => {
    const asked = http.request({
      ...address,
      path: health.path,
      agent: false,
      headers: {
        host: health.host ?? address.host,
        "user-agent": `cutover-proxy/${proxyVersion} (health check)`,
        accept: "*/*",
        connection: "close",
      },
    });
    const timer = setTimeout(() => finish({ target, kind: "timeout", timeoutMs }), timeoutMs);
    const finish = (finding: Finding) => {
      clearTimeout(timer);
      resolve(finding);
      asked.destroy();
    };
    asked.on("error", (error: ProbeError) => finish(evidenceOfError(target, error)));
    asked.on("response", (response) => {
      response.on("error", (error: ProbeError) => finish(evidenceOfError(target, error)));
      judge(target, response, health, finish);
    });
    asked.end();
  });
}

function judge(
  target: string,
  response: IncomingMessage,
  health: HealthSettings,
  finish: (finding: Finding) => void,
): void {
  const status = response.statusCode ?? 0;
  const { location } = response.headers;
  if (health.statuses.some(({ from, to }) => status >= from && status <= to)) finish("passed");
  else if (status >= 300 && status <= 399 && location !== undefined) {
    finish({ target, kind: "redirect", status, location: location.slice(0, 2000) });
  } else collectBody(response, (body) => finish({ target, kind: "status", status, body }));
}

/** The first bytes of a body, as text, once there are enough of them or no more. */
function collectBody(response: IncomingMessage, done: (body: string) => void): void {
  let body = Buffer.alloc(0);
  const finish = () => done(body.subarray(0, keptBody).toString());
  response.on("data", (chunk: Buffer) => {
    body = Buffer.concat([body, chunk]);
    if (body.length >= keptBody) finish();
  });
  response.on("end", finish);
}

type ProbeError = Error & { code?: string; rawPacket?: Buffer };

function evidenceOfError(target: string, error: ProbeError): Evidence {
  const code = error.code ?? "";
  if (code.startsWith("HPE_")) {
    const bytes = error.rawPacket ?? Buffer.alloc(0);
    // A TLS record that carries an alert: type 21, major version 3.
    const tls = bytes[0] === 21 && bytes[1] === 3;
    return { target, kind: "not-http", tls, bytes: bytes.subarray(0, 64).toString("latin1") };
  }
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EAI_FAIL":
      return { target, kind: "unresolved", message: code };
    case "ECONNREFUSED":
      return { target, kind: "refused" };
    case "ECONNRESET":
    case "EPIPE":
      return { target, kind: "closed" };
    default:
      return { target, kind: "unreachable", message: code || error.message };
  }
}
