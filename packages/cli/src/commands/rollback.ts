import { DeployError } from "@cutover/core/errors";
import { Command } from "commander";
import { addLockWait } from "../arguments/lock-wait.ts";
import type { Perform } from "../perform.ts";
import { resultLines } from "../render/receipt.ts";
import { exitCodeOf, scopeOptionsOf, skipUnreachable } from "./deploying.ts";

/** `deploy rollback [VERSION]`. */
export function rollbackCommand(perform: Perform): Command {
  return addLockWait(new Command("rollback"))
    .description("Switch back to a release that served before")
    .argument("[version]", "a version or release that is still on the hosts (default: the last one)")
    .addOption(skipUnreachable())
    .option("--to <what>", "a version, a release, 3-releases-ago, or a time such as 2026-11-27T09:30")
    .option("--current-env", "with the environment of today, where a secret was rotated since")
    .helpGroup("Deploying:")
    .action((version: string | undefined, options: { to?: string; currentEnv?: true }, command: Command) =>
      perform(command, {
        tells: "progress",
        hosts: "chosen",
        run: async (context) => {
          const { rollback } = await import("@cutover/core/commands/rollback");
          if (version !== undefined && options.to !== undefined)
            throw new DeployError("USAGE", {
              cause: `a rollback goes to one release, and both ${version} and ${options.to} are named`,
              hint: "deploy rollback VERSION, or deploy rollback --to WHAT",
              state: "unchanged",
            });
          const to = version ?? options.to ?? context.version;
          const currentEnv = options.currentEnv === true;
          return rollback(context, { to, currentEnv, ...scopeOptionsOf(command) });
        },
        show: resultLines,
        exitCode: exitCodeOf,
      }),
    );
}
