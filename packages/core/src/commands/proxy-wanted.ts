import type { Config } from "../config/config.ts";
import type { FleetState } from "../observe/host-state.ts";
import type { Question } from "../observe/observe.ts";
import { ageOf } from "../plan/proxy-age.ts";
import { proxyOptionsChecksum } from "../release/proxy-options.ts";
import type { Telling } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import type { Project } from "./project.ts";

/** The proxy's image as hosts know it; its version is ours. */
export function proxyImage({ toolVersion }: CommandContext): string {
  return `cutover-proxy:${toolVersion}`;
}

/** What is looked for on the hosts. */
export function question(context: CommandContext, { config, folders }: Project): Question {
  const { app, repository } = config;
  return { app, folders, repository, proxyImage: proxyImage(context), clock: context.clock };
}

/** How far a clock may be off before somebody is told. */
const CLOCK_SKEW_MS = 60_000;

/**
 * Tells of what a deploy leaves as it is: a newer proxy or one with other options goes on, since it serves
 * other apps too; a clock is not ours to set.
 */
export function warnOfHosts(
  states: FleetState,
  { proxyRun }: Config,
  { toolVersion }: CommandContext,
  { emit }: Telling,
): void {
  for (const { host, proxy, clockSkewMs } of states) {
    const run = proxyRun[host];
    const warn = (message: string, next?: string) =>
      emit({ type: "warning", host, message, ...(next === undefined ? {} : { hint: next }) });
    const age = proxy.container === "missing" ? "same" : ageOf(proxy.version, toolVersion);
    // An older one is replaced by ours, without a gap.
    if (age === "newer" || age === "unknown")
      warn(
        `the proxy there is of version ${proxy.version ?? "unknown"}, this is ${toolVersion}; it stays as it is`,
        "deploy proxy reboot --recreate makes it ours; what it serves is not answered for some seconds",
      );
    else if (run !== undefined && proxy.options !== null && proxy.options !== proxyOptionsChecksum(run))
      warn(
        "the proxy there was made with other options than proxy.run has now; it stays as it is",
        "deploy proxy reboot --recreate makes it anew; what it serves is not answered for some seconds",
      );
    if (Math.abs(clockSkewMs) > CLOCK_SKEW_MS) {
      const seconds = Math.round(Math.abs(clockSkewMs) / 1000);
      warn(`its clock is ${seconds} s ${clockSkewMs > 0 ? "ahead of" : "behind"} this machine's`);
    }
  }
}
