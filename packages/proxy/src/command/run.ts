import { systemClock } from "../clock.ts";
import { probe } from "../gate/probe.ts";
import { jsonLog } from "../log/log.ts";
import { type ProxySettings, startProxy } from "../proxy.ts";
import type { Terminal } from "./main.ts";

/** How long open requests get after SIGTERM; `docker stop` kills after ten seconds. */
const shutdownMs = 8_000;

/** Serves until SIGTERM or SIGINT, then lets what is under way end. */
export async function run(settings: ProxySettings, terminal: Terminal): Promise<number> {
  const log = jsonLog(terminal.output, systemClock.now);
  const proxy = await startProxy(settings, { log, clock: systemClock, probe });
  const signal = await new Promise<string>((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
  log("proxy.stopping", { signal });
  await proxy.close(shutdownMs);
  log("proxy.stopped");
  return 0;
}
