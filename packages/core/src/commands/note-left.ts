import type { DeployError } from "../errors/index.ts";
import type { Fleet } from "../hosts/fleet.ts";
import { readLeftBehind } from "../observe/left-behind.ts";
import { type HostBoot, isWhole } from "../plan/boot.ts";
import { type LeftBehind, nextLeftBehind } from "../plan/left-behind.ts";
import type { CommandContext } from "./context.ts";
import type { Project } from "./project.ts";
import type { LeftBehindHost } from "./result.ts";
import type { Scope } from "./scope.ts";

/** What the primary host is to remember after a deploy of hosts that are left behind; null: nothing new. */
export async function noteLeft(
  { project, scope }: { project: Project; scope: Scope },
  fleet: Fleet,
  errors: readonly DeployError[],
  boots: readonly HostBoot[],
  { clock }: CommandContext,
): Promise<{ primaryHost: string; note: LeftBehind } | null> {
  const { primaryHost } = scope;
  const before = await readLeftBehind(await fleet.host(primaryHost).files(), project.folders);
  const note = nextLeftBehind(before, {
    left: errors.map(toldLeft),
    reached: boots.filter(isWhole).map(({ state }) => state.host),
    appHosts: project.config.appHosts,
    at: clock.now(),
  });
  return note === null ? null : { primaryHost, note };
}

/** A host that could not be reached, as it is told. */
export function toldLeft({ facts }: DeployError): LeftBehindHost {
  return { host: facts.host ?? "", cause: facts.cause };
}
