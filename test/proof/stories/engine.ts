import { killEngine, stopEngine } from "../../../packages/harness/src/faults/engine.ts";
import { type Phase, phases, type Story } from "./story.ts";

/**
 * How a deploy may end whose second host has its engine restarted: well, where it could wait; else
 * with what that means at this phase.
 */
const exits: Record<Phase, number[]> = {
  connect: [0, 20, 32],
  build: [0, 20, 32],
  prepare: [0, 20, 31, 32],
  boot: [0, 20, 32, 60],
  keep: [0, 20, 32, 60],
  switch: [0, 20, 32, 51, 60, 61, 62],
  retire: [0, 51],
  prune: [0, 51],
};

const restarted = phases.map(
  (phase): Story => ({
    name: `engine of a host restarted as ${phase} begins`,
    group: "engine restarted",
    moment: { at: "phase.started", phase },
    strike: { kind: "fault", make: ({ vm }) => stopEngine(vm(2)), heal: { afterMs: 0 } },
    expected: { exits: exits[phase], serves: "as told", failuresFrom: "vm2", lockStays: true },
  }),
);

const killed = (["boot", "retire"] as const).map(
  (phase): Story => ({
    name: `engine of a host killed as ${phase} begins, and started again later`,
    group: "engine killed",
    moment: { at: "phase.started", phase },
    strike: { kind: "fault", make: ({ vm }) => killEngine(vm(2)), heal: "when the command has ended" },
    expected: {
      exits: phase === "boot" ? [20, 32, 60] : [51],
      says: [/vm2/],
      serves: "as told",
      failuresFrom: "vm2",
      lockStays: true,
    },
  }),
);

export const engine: Story[] = [...restarted, ...killed];
