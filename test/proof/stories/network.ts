import { cutOff } from "../../../packages/harness/src/faults/network.ts";
import { type Phase, phases, type Story } from "./story.ts";

const cutBriefly = phases.map(
  (phase): Story => ({
    name: `host cut off for 5 s as ${phase} begins`,
    group: "host cut off for 5 s",
    moment: { at: "phase.started", phase },
    strike: { kind: "fault", make: ({ vm }) => cutOff(vm(2)), heal: { afterMs: 5_000 } },
    // A connection outlives five seconds, so the deploy only waits.
    expected: { exits: [0], serves: "new", failuresFrom: "vm2" },
  }),
);

/** How a deploy ends that loses a host for good. */
const exits: Record<Phase, number[]> = {
  connect: [20],
  build: [20],
  prepare: [20],
  boot: [20],
  switch: [61, 62],
  retire: [51],
  prune: [51],
};

const cutForGood = phases.map(
  (phase): Story => ({
    name: `host cut off for good as ${phase} begins`,
    group: "host cut off for good",
    moment: { at: "phase.started", phase },
    strike: { kind: "fault", make: ({ vm }) => cutOff(vm(2)), heal: "when the command has ended" },
    expected: {
      exits: exits[phase],
      says: [/vm2/],
      serves: "as told",
      failuresFrom: "vm2",
      lockStays: true,
    },
  }),
);

export const network: Story[] = [...cutBriefly, ...cutForGood];
