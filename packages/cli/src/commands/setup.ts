import type { Command } from "commander";
import type { Perform } from "../perform.ts";
import { resultLines } from "../render/receipt.ts";
import { deployingCommand, deployOptionsOf, exitCodeOf } from "./deploying.ts";

/** `deploy setup`. */
export function setupCommand(perform: Perform): Command {
  return deployingCommand("setup", "Prepare the hosts, start the proxy, then deploy").action(
    (_options, command: Command) =>
      perform(command, {
        tells: "progress",
        hosts: "chosen",
        run: async (context) => {
          const { setup } = await import("@cutover/core/commands/setup");
          return setup(context, deployOptionsOf(command));
        },
        show: resultLines,
        exitCode: exitCodeOf,
      }),
  );
}
