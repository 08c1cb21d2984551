import { systemClock } from "../clock.ts";
import { probe } from "../gate/probe.ts";
import { jsonLog } from "../log/log.ts";
import { RequestLog } from "../log/requests.ts";
import { startProxy } from "../proxy.ts";
import { SupervisedWorker } from "../supervisor/worker.ts";
import type { RunSettings } from "./run-flags.ts";
import type { Terminal } from "./terminal.ts";

/** A worker: what `run` starts, and only that. */
export async function serve(settings: RunSettings, { output }: Terminal): Promise<number> {
  const log = jsonLog(output, systemClock.now);
  const worker: SupervisedWorker = new SupervisedWorker((alone) =>
    startProxy(settings, {
      log,
      clock: systemClock,
      probe,
      alone,
      replace: (folder) => worker.askForReplacement(folder),
      requests: new RequestLog(output, settings.requestLogShare, { clock: systemClock, random: Math.random }),
    }),
  );
  let exitCode = 0;
  try {
    await worker.run();
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    log("proxy.failed", { message, code });
    exitCode = 1;
  }
  if (process.connected) process.disconnect();
  return exitCode;
}
