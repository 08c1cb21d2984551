import type { Command } from "commander";
import type { Perform } from "../perform.ts";
import { resultLines } from "../render/receipt.ts";
import { deployingCommand, deployOptionsOf, exitCodeOf } from "./deploying.ts";

/** `deploy deploy`, and `deploy` alone. */
export function deployCommand(perform: Perform): Command {
  return deployingCommand("deploy", "Build the app in this folder and switch every host to it")
    .option(
      "--plan <file>",
      "carry out what `deploy plan --out` wrote, or refuse where something has moved since",
    )
    .action((_options, command: Command) =>
      perform(command, {
        tells: "progress",
        hosts: "chosen",
        run: async (context) => {
          const { deploy } = await import("@cutover/core/commands/deploy");
          return deploy(context, deployOptionsOf(command));
        },
        show: resultLines,
        exitCode: exitCodeOf,
      }),
    );
}
