import type { FleetState, HostState } from "../observe/host-state.ts";
import { type HostBoot, releaseOf } from "./boot.ts";
import type { Plan } from "./plan.ts";
import { pruneLane } from "./prune.ts";
import type { Step } from "./step.ts";

/** What of an app a prune is about: `containers` with their records, `images`, or both. */
export type PruneTarget = "all" | "containers" | "images";

/**
 * The plan of a prune: what no kept release needs goes. Nothing that runs does, and a host on which
 * nothing serves is let be, since nothing is known there to be needed or not.
 *
 * @param retain releases to keep beside the one that serves, at least 1
 */
export function planPrune(
  states: FleetState,
  retain: number,
  target: PruneTarget,
): { plan: Plan; boots: HostBoot[] } | null {
  const boots = states.flatMap(servingBoot);
  if (boots.length === 0) return null;
  const lanes = boots.map((boot) => {
    const { host, steps } = pruneLane(boot, retain);
    return { host, steps: steps.flatMap((step) => wanted(step, boot.state, target)) };
  });
  const phases = [
    {
      name: "prune" as const,
      title: "Prune",
      onFailure: "report" as const,
      lanes: lanes.filter(({ steps }) => steps.length > 0),
    },
  ];
  return {
    plan: { release: releaseOf(boots), phases: phases.filter((phase) => phase.lanes.length > 0) },
    boots,
  };
}

function servingBoot(state: HostState): HostBoot[] {
  const record = state.records.find(({ release }) => release === state.active?.release);
  return record === undefined ? [] : [{ state, record, only: [] }];
}

function wanted(step: Step, state: HostState, target: PruneTarget): Step[] {
  if (step.kind === "remove-images") return target === "containers" ? [] : [step];
  if (target === "images") return [];
  if (step.kind !== "remove-containers") return [step];
  const stopped = new Set(state.containers.filter((one) => one.state !== "running").map(({ id }) => id));
  const containers = step.containers.filter(({ id }) => stopped.has(id));
  return containers.length === 0 ? [] : [{ ...step, containers }];
}
