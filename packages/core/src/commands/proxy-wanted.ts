import type { FleetState } from "../observe/host-state.ts";
import type { Question } from "../observe/observe.ts";
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

/** A proxy of another version goes on as it is, and its owner is told: it serves other apps too. */
export function warnOfOtherProxies(
  states: FleetState,
  { toolVersion }: CommandContext,
  { emit }: Telling,
): void {
  for (const { host, proxy } of states)
    if (proxy.container !== "missing" && proxy.version !== toolVersion)
      emit({
        type: "warning",
        host,
        message: `the proxy there is of version ${proxy.version ?? "unknown"}, this is ${toolVersion}; it stays as it is`,
        hint: "to bring ours: docker rm -f cutover-proxy there, then deploy; what it serves is not answered meanwhile",
      });
}
