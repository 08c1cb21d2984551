import type { Release } from "../release/release.ts";
import type { HostBoot, NewNames } from "./boot.ts";
import type { LeftBehind } from "./left-behind.ts";
import type { Lane, Phase, Plan } from "./plan.ts";
import { imageLane, type ProxyWanted, proxyLane, recordLane } from "./prepare.ts";
import { pruneLane } from "./prune.ts";
import { keepLane, orphanLane, retireLanes } from "./retire.ts";
import { handedOver, inGroups, type Rollout } from "./rollout.ts";
import { rolloutPhases, undone } from "./rollout-phases.ts";

/** Everything that a plan is made from. */
export interface PlanInput {
  release: Release;
  /** The hosts in the order of the configuration. */
  boots: readonly HostBoot[];
  rollout: Rollout;
  /** Null: the proxies are taken to be running. */
  proxy: ProxyWanted | null;
  /** Tags that the image gets on the hosts besides its version, such as `latest`. */
  tags: string[];
  /** Releases to keep beside this one; null: prune nothing. */
  retain: number | null;
  /** Milliseconds since the epoch. */
  at: number;
  newNames: NewNames;
  /** What the primary host is to remember of hosts that could not be reached; null: nothing new. */
  left?: { primaryHost: string; note: LeftBehind } | null;
}

/**
 * What a deploy, a redeploy or a rollback has to do on every host, in phases with a barrier between
 * them. Everything up to the last switch can be taken back.
 */
export function planRelease(input: PlanInput): Plan {
  const groups = inGroups(input.boots, input.rollout.hostsAtATime);
  const handed = new Set(handedOver(input.rollout, groups));
  const phases = [
    undone("prepare", "Prepare the hosts", prepareLanes(input)),
    ...rolloutPhases(input, groups, handed),
    retirePhase(input, handed),
    prunePhase(input),
  ];
  return { release: input.release, phases: phases.map(withoutEmptyLanes).filter(hasLanes) };
}

function retirePhase(
  { boots, newNames, tags, at, left = null }: PlanInput,
  handed: ReadonlySet<HostBoot>,
): Phase {
  const noted: Lane[] =
    left === null ? [] : [{ host: left.primaryHost, steps: [{ kind: "note-left-behind", note: left.note }] }];
  const retired = boots.flatMap((boot) => [
    keepLane(boot, tags, at),
    ...retireLanes(boot, handed.has(boot), newNames),
    orphanLane(boot),
  ]);
  const lanes = [...noted, ...retired];
  return { name: "retire", title: "Drain and stop the old containers", onFailure: "report", lanes };
}

function prunePhase({ boots, retain }: PlanInput): Phase {
  const lanes = retain === null ? [] : boots.map((boot) => pruneLane(boot, retain));
  return { name: "prune", title: "Prune", onFailure: "report", lanes };
}

function prepareLanes(input: PlanInput): Lane[] {
  const { proxy } = input;
  return input.boots.flatMap((boot) => [
    ...(proxy === null ? [] : [proxyLane(boot.state, proxy)]),
    imageLane(boot, input.retain),
    recordLane(boot),
  ]);
}

function withoutEmptyLanes(phase: Phase): Phase {
  return { ...phase, lanes: phase.lanes.filter((lane) => lane.steps.length > 0) };
}

function hasLanes(phase: Phase): boolean {
  return phase.lanes.length > 0;
}
