import type { Ran } from "../../../packages/harness/src/sandbox/machine.ts";
import type { Stage, Story } from "./story.ts";

const ELSEWHERE = "/tmp/elsewhere";

/** The same app in another folder, as on a colleague's machine. */
async function checkedOutElsewhere({ must }: Stage): Promise<void> {
  await must(`rm -rf ${ELSEWHERE} && cp --archive /apps/hello ${ELSEWHERE}`);
}

const deployElsewhere = ({ sandbox }: Stage) => sandbox.deployer.run("deploy redeploy", { cwd: ELSEWHERE });

let second: Promise<Ran> | null = null;

const swapHosts = "sed -i 's/- vm1/- vm0/; s/- vm2/- vm1/; s/- vm0/- vm2/' config/deploy.yml";

/** Refused with who holds the lock, whatever order it would take the hosts in. */
function refusedElsewhere(name: string, group: string, before: string): Story {
  return {
    name,
    group,
    quick: true,
    moment: { at: "phase.started", phase: "boot" },
    strike: {
      kind: "fault",
      make: async (stage) => {
        await checkedOutElsewhere(stage);
        await stage.must(`cd ${ELSEWHERE} && ${before}`);
        second = deployElsewhere(stage);
        await second;
        return undefined;
      },
      heal: "when the command has ended",
    },
    expected: { exits: [0], serves: "new" },
    also: async () => {
      const ran = await second;
      if (ran === null) return ["no other deploy was made"];
      return [
        ...(ran.exitCode === 10 ? [] : [`the other deploy ended with ${ran.exitCode}`]),
        ...(/@deployer/.test(ran.output) ? [] : ["the other deploy is not told who holds the lock"]),
      ];
    },
  };
}

export const atOnce: Story[] = [
  refusedElsewhere("another deploy while one holds the lock", "two deploys at once", "true"),
  refusedElsewhere(
    "another deploy with the hosts in another order while one holds the lock",
    "order of the hosts changed",
    swapHosts,
  ),
  {
    name: "two deploys begun at the same time",
    group: "two deploys at once",
    moment: { at: "before" },
    strike: {
      kind: "fault",
      make: async (stage) => {
        await checkedOutElsewhere(stage);
        second = deployElsewhere(stage);
        const other = second;
        // Whoever comes second may be at work still when the first has ended.
        return { heal: async () => void (await other) };
      },
      heal: "when the command has ended",
    },
    // One after the other, or one refused: never both at work.
    expected: { exits: [0, 10], serves: "old or new" },
    also: async (_stage, { ended }) => {
      const exits = [ended.exitCode, (await second)?.exitCode ?? -1];
      const fine = exits.includes(0) && exits.every((exit) => exit === 0 || exit === 10);
      return fine ? [] : [`they ended with ${exits.join(" and ")}`];
    },
  },
  {
    name: "hosts in another order than at the deploy before",
    group: "order of the hosts changed",
    quick: true,
    given: async ({ must }) => {
      await must(swapHosts);
    },
    moment: { at: "before" },
    strike: { kind: "fault", make: async () => undefined, heal: "when the command has ended" },
    expected: { exits: [0], serves: "new" },
  },
];
