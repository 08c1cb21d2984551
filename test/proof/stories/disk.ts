import { fillDockersDisk } from "../../../packages/harness/src/faults/disk.ts";
import type { Story } from "./story.ts";

const LARGE_MB = 20;
const ROOM_KIB = 8_000;

export const disk: Story[] = [
  {
    name: "no room for the image on one of two hosts",
    group: "disk full",
    given: async ({ must }) => {
      await must(`head -c ${LARGE_MB}M /dev/urandom > large && echo 'COPY large ./' >> Dockerfile`);
    },
    moment: { at: "before" },
    strike: {
      kind: "fault",
      make: ({ vm }) => fillDockersDisk(vm(2), ROOM_KIB),
      heal: "when the command has ended",
    },
    expected: { exits: [32], says: [/vm2/, /room|space/], serves: "old" },
  },
  {
    name: "no room for the container on one of two hosts",
    group: "disk full",
    moment: { at: "step.started", step: "create-container", host: "vm2" },
    strike: {
      kind: "fault",
      make: ({ vm }) => fillDockersDisk(vm(2), 0),
      heal: "when the command has ended",
    },
    expected: { exits: [32], says: [/vm2/, /room|space/], serves: "old" },
  },
];
