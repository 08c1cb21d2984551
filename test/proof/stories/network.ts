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
  keep: [20],
  // Found by the look just before it.
  switch: [20],
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

/** Its answer to the switch is never heard, so nobody can say what it serves. */
const lostInItsSwitch: Story = {
  name: "host cut off for good in the middle of its switch",
  group: "host cut off for good",
  moment: { at: "step.started", step: "switch", host: "vm2" },
  strike: { kind: "fault", make: ({ vm }) => cutOff(vm(2)), heal: "when the command has ended" },
  expected: {
    exits: [62],
    says: [/vm1.*serves/, /vm2.*serves/],
    serves: "old or new",
    failuresFrom: "vm2",
    lockStays: true,
  },
};

export const network: Story[] = [...cutBriefly, ...cutForGood, lostInItsSwitch];
