import type { Command } from "commander";
import type { Perform } from "../perform.ts";
import { resultLines } from "../render/receipt.ts";
import { deployingCommand, deployOptionsOf, exitCodeOf } from "./deploying.ts";

/** `deploy redeploy`. */
export function redeployCommand(perform: Perform): Command {
  return deployingCommand("redeploy", "Deploy again without preparing or pruning the hosts").action(
    (_options, command: Command) =>
      perform(command, {
        tells: "progress",
        hosts: "chosen",
        run: async (context) => {
          const { redeploy } = await import("@cutover/core/commands/redeploy");
          return redeploy(context, deployOptionsOf(command));
        },
        show: resultLines,
        exitCode: exitCodeOf,
      }),
  );
}
