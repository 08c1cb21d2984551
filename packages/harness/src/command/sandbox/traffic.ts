import { setTimeout as pause } from "node:timers/promises";
import { trafficLines } from "../../traffic/print.ts";
import { type SandboxCommand, say, withSandbox } from "./context.ts";

/** Sends traffic and prints its report. Ends with 1 when a request failed. */
export function traffic(
  command: SandboxCommand,
  options: { perSecond: number; seconds: number },
): Promise<number> {
  return withSandbox(command, async (sandbox) => {
    say(`${options.perSecond} requests a second to ${sandbox.loadBalancer.url} for ${options.seconds} s`);
    const running = sandbox.traffic.start({ perSecond: options.perSecond });
    // Ctrl-C ends the traffic, not the report of it.
    await pause(options.seconds * 1000, undefined, { signal: command.signal }).catch(() => {});
    const report = await running.stop();
    for (const line of trafficLines(report)) console.log(line);
    return report.failed === 0 ? 0 : 1;
  });
}
