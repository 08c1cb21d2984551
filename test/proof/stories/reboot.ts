import { reboot, restartReversed } from "../../../packages/harness/src/faults/reboot.ts";
import type { Stage, Story } from "./story.ts";

async function rebootReversed({ vm }: Stage) {
  await reboot(vm(2));
  await restartReversed(vm(2));
  return undefined;
}

const during = (
  [
    ["boot", [0, 20, 32, 60]],
    ["retire", [0, 51]],
  ] as const
).map(
  ([phase, exits]): Story => ({
    name: `host rebooted as ${phase} begins`,
    group: "host rebooted",
    moment: { at: "phase.started", phase },
    strike: { kind: "fault", make: ({ vm }) => reboot(vm(2)), heal: "when the command has ended" },
    expected: { exits, serves: "as told", failuresFrom: "vm2", lockStays: true },
  }),
);

export const rebooted: Story[] = [
  {
    name: "host rebooted, its containers up in another order",
    group: "host rebooted",
    command: "deploy details",
    moment: { at: "before" },
    strike: { kind: "fault", make: rebootReversed, heal: "when the command has ended" },
    expected: { exits: [0], serves: "old", failuresFrom: "vm2" },
  },
  ...during,
];
