import { type BootWay, type HostBoot, otherLanes, primaryLanes, switchLanes } from "./boot.ts";
import type { PlanInput } from "./deploy-plan.ts";
import type { Lane, Phase, PhaseName } from "./plan.ts";
import { handOverLanes } from "./retire.ts";
import type { Rollout } from "./rollout.ts";

/** What a switch may come later than all that is waited for before it. */
const MARGIN_MS = 120_000;

/** The phases that boot and switch the groups, each group before the next or all in one burst. */
export function rolloutPhases(input: PlanInput, groups: readonly HostBoot[][]): Phase[] {
  const { rollout, newNames } = input;
  const { strategy, waitMs } = rollout;
  const way = { rollout, newNames, expiresMs: untilSwitchMs(rollout, groups) };
  const phases = groups.map((group, index) => {
    const which = groups.length === 1 ? "" : told(index, groups.length, group);
    const [first, ...others] = bootPhases(way, group, which);
    const begin = first === undefined || index === 0 || waitMs === 0 ? first : { ...first, waitMs };
    return {
      boot: [...(begin === undefined ? [] : [begin]), ...others],
      go: [
        undone("switch", `Switch${which}`, switchLanes(group)),
        ...(index === groups.length - 1 ? [] : [handOverPhase(input, group, which)]),
      ],
    };
  });
  if (strategy === "batches") return phases.flatMap(({ boot, go }) => [...boot, ...go]);
  const burst = undone("switch", "Switch", switchLanes(groups.flat()));
  return [...phases.flatMap(({ boot }) => boot), burst];
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

function handOverPhase({ newNames }: PlanInput, group: readonly HostBoot[], which: string): Phase {
  const lanes = group.flatMap((boot) => handOverLanes(boot, newNames));
  return undone("hand-over", `Drain the old containers${which}`, lanes);
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
