import { systemClock } from "../clock.ts";
import { jsonLog } from "../log/log.ts";
import { Supervisor } from "../supervisor/supervise.ts";
import type { RunSettings } from "./run-flags.ts";
import type { Terminal } from "./terminal.ts";

/** Keeps a worker serving until SIGTERM or SIGINT, then lets what is under way end. */
export async function run(
  args: readonly string[],
  { stateDirectory }: RunSettings,
  terminal: Terminal,
): Promise<number> {
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
