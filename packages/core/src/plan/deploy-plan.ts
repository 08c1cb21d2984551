import type { Release } from "../release/release.ts";
import { bootLanes, type HostBoot, type NewNames, switchLanes, workerLanes } from "./boot.ts";
import type { Lane, Phase, Plan } from "./plan.ts";
import { imageLane, type ProxyWanted, proxyLane, recordLane } from "./prepare.ts";
import { pruneLane } from "./prune.ts";
import { keepLane, orphanLane, retireLanes } from "./retire.ts";

/** Everything that a plan is made from. */
export interface PlanInput {
  release: Release;
  /** The hosts in the order of the configuration. */
  boots: readonly HostBoot[];
  /** Null: the proxies are taken to be running. */
  proxy: ProxyWanted | null;
  /** Whether the release is new to the hosts and has to be written down. */
  writeRecords: boolean;
  /** Tags that the image gets on the hosts besides its version, such as `latest`. */
  tags: string[];
  /** Releases to keep beside this one; null: prune nothing. */
  retain: number | null;
  /** Milliseconds since the epoch. */
  at: number;
  newNames: NewNames;
}

/**
 * What a deploy, a redeploy or a rollback has to do on every host, in phases with a barrier between
 * them: all hosts are prepared and gated before the first one switches.
 */
export function planRelease(input: PlanInput): Plan {
  const { boots, newNames } = input;
  const retain = input.retain;
  const phases: Phase[] = [
    { name: "prepare", title: "Prepare the hosts", onFailure: "undo", lanes: prepareLanes(input) },
    { name: "boot", title: "Boot the new containers", onFailure: "undo", lanes: bootLanes(boots, newNames) },
    { name: "workers", title: "Boot the workers", onFailure: "undo", lanes: workerLanes(boots, newNames) },
    { name: "switch", title: "Switch", onFailure: "undo", lanes: switchLanes(boots) },
    {
      name: "retire",
      title: "Drain and stop the old containers",
      onFailure: "report",
      lanes: boots.flatMap((boot) => [
        keepLane(boot, input.tags, input.at),
        ...retireLanes(boot, newNames),
        orphanLane(boot),
      ]),
    },
    {
      name: "prune",
      title: "Prune",
      onFailure: "report",
      lanes: retain === null ? [] : boots.map((boot) => pruneLane(boot, retain)),
    },
  ];
  return { release: input.release, phases: phases.map(withoutEmptyLanes).filter(hasLanes) };
}

function prepareLanes(input: PlanInput): Lane[] {
  const { proxy } = input;
  return input.boots.flatMap((boot) => [
    ...(proxy === null ? [] : [proxyLane(boot.state, proxy)]),
    imageLane(boot),
    ...(input.writeRecords ? [recordLane(boot)] : []),
  ]);
}

function withoutEmptyLanes(phase: Phase): Phase {
  return { ...phase, lanes: phase.lanes.filter((lane) => lane.steps.length > 0) };
}

function hasLanes(phase: Phase): boolean {
  return phase.lanes.length > 0;
}
