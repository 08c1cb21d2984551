import { freeze, powerOff } from "../../../packages/harness/src/faults/machine.ts";
import type { Stage, Story } from "./story.ts";

const SECRETS = ".cutover/secrets";

async function wrongPassword({ must }: Stage) {
  await must(
    `cp ${SECRETS} /tmp/secrets && sed -i 's/^REGISTRY_PASSWORD=.*/REGISTRY_PASSWORD=wrong-horse/' ${SECRETS}`,
  );
  return {
    heal: async () => {
      await must(`cp /tmp/secrets ${SECRETS}`);
    },
  };
}

const slow = (["build", "prepare"] as const).map(
  (phase): Story => ({
    name: `registry silent for 5 s as ${phase} begins`,
    group: "registry slow",
    moment: { at: "phase.started", phase },
    strike: { kind: "fault", make: ({ sandbox }) => freeze(sandbox.registry), heal: { afterMs: 5_000 } },
    expected: { exits: [0], serves: "new" },
  }),
);

const down = (["build", "prepare"] as const).map(
  (phase): Story => ({
    name: `registry down as ${phase} begins`,
    group: "registry down",
    moment: { at: "phase.started", phase },
    strike: {
      kind: "fault",
      make: ({ sandbox }) => powerOff(sandbox.registry),
      heal: "when the command has ended",
    },
    expected: { exits: [31], says: [/registry:4443/], serves: "old" },
  }),
);

export const registry: Story[] = [
  ...down,
  ...slow,
  {
    name: "registry password wrong",
    group: "registry password wrong",
    quick: true,
    moment: { at: "before" },
    strike: { kind: "fault", make: wrongPassword, heal: "when the command has ended" },
    expected: { exits: [31], says: [/registry:4443/], serves: "old" },
    also: async (_stage, { ended }) =>
      ended.output.includes("wrong-horse") ? ["the password is shown"] : [],
  },
];
