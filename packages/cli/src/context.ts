import type { CommandContext, EventSink } from "@cutover/core";
import type { Globals } from "./arguments/globals.ts";
import { lockWaitOf } from "./arguments/lock-wait.ts";
import type { Surroundings } from "./surroundings.ts";
import { version } from "./version.ts";

/** What core is given besides a command's own options. */
export function contextFor(
  globals: Globals,
  around: Surroundings,
  events: EventSink,
  signal: AbortSignal,
  askSecret: CommandContext["askSecret"],
): CommandContext {
  const { cwd, home, env, clock, random } = around;
  return {
    cwd,
    home,
    env,
    configFile: globals.configFile ?? null,
    destination: globals.destination ?? null,
    version: globals.version ?? null,
    lockWait: lockWaitOf(globals),
    events,
    askSecret,
    signal,
    clock,
    random,
    toolVersion: version,
    proxyImageArchive: async (architecture) => {
      const { proxyImageArchive } = await import("./proxy-image/archive.ts");
      return proxyImageArchive(architecture, { env, home, version, signal });
    },
  };
}
