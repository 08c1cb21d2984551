import { systemClock } from "../clock.ts";
import { probe } from "../gate/probe.ts";
import { jsonLog } from "../log/log.ts";
import { RequestLog } from "../log/requests.ts";
import { startProxy } from "../proxy.ts";
import type { Terminal } from "./main.ts";
import type { RunSettings } from "./run-flags.ts";

/** How long open requests get after SIGTERM; `docker stop` kills after ten seconds. */
const shutdownMs = 8_000;

/** Serves until SIGTERM or SIGINT, then lets what is under way end. */
export async function run(settings: RunSettings, terminal: Terminal): Promise<number> {
  const log = jsonLog(terminal.output, systemClock.now);
  const edge = { log, clock: systemClock, probe };
  const proxy = await startProxy(settings, { ...edge, ...requestLog(settings.requestLogShare, terminal) });
  const signal = await new Promise<string>((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
  log("proxy.stopping", { signal });
  await proxy.close(shutdownMs);
  log("proxy.stopped");
  return 0;
}

function requestLog(share: number, { output }: Terminal): { requests?: RequestLog } {
  if (share === 0) return {};
  return { requests: new RequestLog(output, share, { clock: systemClock, random: Math.random }) };
}
