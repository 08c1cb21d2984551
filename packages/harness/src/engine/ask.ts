import Dockerode from "dockerode";
import { HarnessError } from "../harness-error.ts";
import type { EngineProbe } from "./choice.ts";

/** An engine on this machine or network answers in milliseconds; one that hangs is none. */
const ANSWER_TIMEOUT_MS = 3000;

/**
 * A client for an engine, by its address as `DOCKER_HOST` has it.
 *
 * @throws HarnessError `ENGINE_MISSING` for an engine behind SSH.
 */
export function dockerAt(host: string, timeoutMs?: number): Dockerode {
  const timeout = timeoutMs === undefined ? {} : { timeout: timeoutMs };
  if (host.startsWith("unix://"))
    return new Dockerode({ socketPath: host.slice("unix://".length), ...timeout });
  if (host.startsWith("npipe://"))
    return new Dockerode({ socketPath: host.slice("npipe://".length), ...timeout });
  const url = new URL(host);
  if (url.protocol !== "tcp:") {
    const cause = `The engine at ${host} cannot be used: the sandbox needs one that shares this machine's loopback`;
    throw new HarnessError("ENGINE_MISSING", {
      cause,
      hint: "Unset DOCKER_HOST, or choose another docker context.",
    });
  }
  // Certificates are read from where DOCKER_CERT_PATH says by dockerode itself, with DOCKER_HOST.
  if (!process.env["DOCKER_TLS_VERIFY"]) {
    return new Dockerode({
      host: url.hostname,
      port: Number(url.port || 2375),
      protocol: "http",
      ...timeout,
    });
  }
  return new Dockerode(timeout);
}

/** Asks whether an engine answers at `host`. */
export async function askEngine(host: string): Promise<EngineProbe["answer"]> {
  try {
    await dockerAt(host, ANSWER_TIMEOUT_MS).ping();
    return "answers";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES" ? "forbidden" : "absent";
  }
}
