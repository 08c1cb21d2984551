import { createHash, randomBytes } from "node:crypto";
import type { Ran } from "../../../packages/harness/src/sandbox/machine.ts";
import type { Stage, Story } from "./story.ts";

const LOCK_HELD = 10;

let within: Ran | null = null;
let beside: Ran | null = null;

/**
 * What a hook of ours would do. Nothing hands the lock's token out yet, so the checksum that lies on
 * the hosts is made that of a token which we know; the holder writes its own again when it renews.
 */
async function commandWithin({ sandbox, mustOn }: Stage) {
  const token = randomBytes(16).toString("hex");
  const checksum = createHash("sha256").update(token).digest("hex");
  for (const vm of sandbox.vms)
    await mustOn(
      vm,
      `cd /var/lib/cutover/apps/hello/locks && lock=$(ls -v *.json | tail -1) &&
       sed -i 's/"token":"[0-9a-f]*"/"token":"${checksum}"/' $lock && grep --quiet ${checksum} $lock`,
    );
  within = await sandbox.deployer.run("deploy prune", { env: { DEPLOY_LOCK: token } });
  beside = await sandbox.deployer.run("deploy prune");
  return undefined;
}

export const nested: Story[] = [
  {
    name: "another command started by the deploy that holds the lock",
    group: "commands within a deploy",
    quick: true,
    moment: { at: "phase.started", phase: "prepare" },
    strike: { kind: "fault", make: commandWithin, heal: "when the command has ended" },
    expected: { exits: [0], serves: "new" },
    also: async () => [
      ...(within?.exitCode === 0
        ? []
        : [`the command within ended with ${within?.exitCode}: ${within?.output}`]),
      ...(beside?.exitCode === LOCK_HELD
        ? []
        : [`one that was not started by it ended with ${beside?.exitCode}`]),
    ],
  },
];
