import { systemClock } from "../clock.ts";
import { jsonLog } from "../log/log.ts";
import { Supervisor } from "../supervisor/supervise.ts";
import { readRunFlags } from "./run-flags.ts";
import type { Terminal } from "./terminal.ts";

/**
 * `run`: keeps a worker serving until SIGTERM or SIGINT, then lets what is under way end.
 *
 * @returns the exit code: 1 when none ever came to serve
 * @throws UsageError
 */
export async function runFrom(args: readonly string[], terminal: Terminal): Promise<number> {
  const { stateDirectory } = await readRunFlags(args);
  const log = jsonLog(terminal.output, systemClock.now);
  const supervisor = new Supervisor(args, stateDirectory, { log, clock: systemClock });
  const asked = new Promise<string>((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
  await supervisor.start();
  const signal = await Promise.race([asked, supervisor.hopeless]);
  if (signal === undefined) return 1;
  log("proxy.stopping", { signal });
  await supervisor.end();
  log("proxy.stopped");
  return 0;
}
