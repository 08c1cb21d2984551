import { Command } from "commander";
import type { Perform } from "../perform.ts";
import { resultLines } from "../render/receipt.ts";
import { exitCodeOf, scopeOptionsOf, skipUnreachable } from "./deploying.ts";

/** `deploy rollback [VERSION]`. */
export function rollbackCommand(perform: Perform): Command {
  return new Command("rollback")
    .description("Switch back to a release that served before")
    .argument("[version]", "a version or release that is still on the hosts (default: the last one)")
    .addOption(skipUnreachable())
    .helpGroup("Deploying:")
    .action((version: string | undefined, _options, command: Command) =>
      perform(command, {
        tells: "progress",
        hosts: "chosen",
        run: async (context) => {
          const { rollback } = await import("@cutover/core/commands/rollback");
          return rollback(context, { version: version ?? context.version, ...scopeOptionsOf(command) });
        },
        show: resultLines,
        exitCode: exitCodeOf,
      }),
    );
}
