import {
  type BootWay,
  bakeLanes,
  type HostBoot,
  keepLanes,
  otherLanes,
  primaryLanes,
  switchLanes,
} from "./boot.ts";
import type { PlanInput } from "./deploy-plan.ts";
import type { Lane, Phase, PhaseName } from "./plan.ts";
import { handOverLanes } from "./retire.ts";
import type { Rollout } from "./rollout.ts";

/** What a switch may come later than all that is waited for before it. */
const MARGIN_MS = 120_000;

/**
 * The phases that boot and switch the groups, each group before the next or all in one burst.
 *
 * @param handed hosts that are handed over while the plan can still be taken back
 */
export function rolloutPhases(
  input: PlanInput,
  groups: readonly HostBoot[][],
  handed: ReadonlySet<HostBoot>,
): Phase[] {
  const { rollout, newNames } = input;
  const way = { rollout, newNames, expiresMs: untilSwitchMs(rollout, groups) };
  const which = (group: readonly HostBoot[], index: number) =>
    groups.length === 1 ? "" : told(index, groups.length, group);
  const boots = groups.map((group, index) => {
    const phases = bootPhases(way, group, which(group, index));
    return index === 0 ? phases : afterWaiting(phases, rollout.waitMs);
  });
  if (rollout.strategy === "atomic") return [...boots.flat(), ...goPhases(input, groups.flat(), handed, "")];
  return groups.flatMap((group, index) => [
    ...(boots[index] ?? []),
    ...goPhases(input, group, handed, which(group, index)),
  ]);
}

function afterWaiting([first, ...others]: Phase[], waitMs: number): Phase[] {
  if (first === undefined) return [];
  return [waitMs === 0 ? first : { ...first, waitMs }, ...others];
}

function goPhases(
  { rollout: { bakeMs }, newNames }: PlanInput,
  group: readonly HostBoot[],
  handed: ReadonlySet<HostBoot>,
  which: string,
): Phase[] {
  const handOver = group.filter((boot) => handed.has(boot)).flatMap((boot) => handOverLanes(boot, newNames));
  return [
    undone("keep", `Let the new containers restart${which}`, keepLanes(group)),
    undone("switch", `Switch${which}`, switchLanes(group)),
    undone("hand-over", `Drain the old containers${which}`, handOver),
    ...(bakeMs === 0 ? [] : [undone("bake", `Watch the new release${which}`, bakeLanes(group, bakeMs))]),
  ];
}

/** A phase that is taken back, with everything before it, when it fails. */
export function undone(name: PhaseName, title: string, lanes: Lane[]): Phase {
  return { name, title, onFailure: "undo", lanes };
}

function bootPhases(way: BootWay, group: readonly HostBoot[], which: string): Phase[] {
  const phases = [
    undone("boot", `Boot the new containers${which}`, primaryLanes(group, way)),
    undone("others", `Boot the other roles${which}`, otherLanes(group, way)),
  ];
  return phases.filter(({ lanes }) => lanes.some(({ steps }) => steps.length > 0));
}

/** ` (2 of 3: web3, web4)`. */
function told(index: number, groups: number, group: readonly HostBoot[]): string {
  const names = group.map(({ state }) => state.host);
  const hosts = names.length <= 3 ? names.join(", ") : `${names.length} hosts`;
  return ` (${index + 1} of ${groups}: ${hosts})`;
}

/** The longest that a container which has passed its gate can have to wait for its switch. */
function untilSwitchMs({ strategy, waitMs }: Rollout, groups: readonly HostBoot[][]): number {
  const roles = groups.flat().map(({ record }) => record.roles);
  const perHost = Math.max(0, ...roles.map((of) => of.reduce((sum, role) => sum + role.deployTimeoutMs, 0)));
  return MARGIN_MS + (strategy === "atomic" ? groups.length : 1) * (perHost + waitMs);
}
