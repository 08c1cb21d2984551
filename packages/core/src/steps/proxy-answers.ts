import { setTimeout as pause } from "node:timers/promises";
import { DeployError } from "../errors/index.ts";
import { PROXY_CONTAINER } from "../hosts/proxy-container.ts";
import type { Act } from "./act.ts";
import { lastLogLines } from "./container-log.ts";

/** A proxy that starts needs a quarter of a second; on a host without processor time to spare it took 11 s. */
const START_LIMIT_MS = 60_000;
const PAUSE_MS = 50;

/**
 * Waits until a proxy that was just started answers. Nothing tells when it does, so it is asked;
 * for others than root each question is an exec and takes its own tenth of a second.
 *
 * @throws DeployError PROXY_SILENT with the proxy's last log lines
 */
export async function proxyAnswers({ host, docker, signal }: Act): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS;
  host.forgetProxy();
  for (;;) {
    signal.throwIfAborted();
    try {
      await host.proxy();
      return;
    } catch (error) {
      if (performance.now() < deadline) {
        await pause(PAUSE_MS);
        continue;
      }
      throw new DeployError(
        "PROXY_SILENT",
        {
          cause: `the proxy on ${host.name} was started and has not answered for ${START_LIMIT_MS / 1_000} s`,
          details: await lastLogLines(docker.getContainer(PROXY_CONTAINER)),
          hint: `on ${host.name}: docker logs ${PROXY_CONTAINER}`,
        },
        { cause: error },
      );
    }
  }
}
