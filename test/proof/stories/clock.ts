import { shiftedClock } from "../../../packages/harness/src/faults/clock.ts";
import { nothing, type Story } from "./story.ts";

const HOUR_MS = 3_600_000;

const shifted = (name: string, offsetMs: number): Story => ({
  name,
  group: "clock an hour off",
  env: ({ sandbox }) => shiftedClock(sandbox.deployer, offsetMs),
  moment: { at: "before" },
  strike: nothing,
  expected: { exits: [0], serves: "new" },
});

export const clock: Story[] = [
  shifted("hosts' clocks an hour behind the client's", HOUR_MS),
  shifted("hosts' clocks an hour ahead of the client's", -HOUR_MS),
];
