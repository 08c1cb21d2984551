import { Command } from "commander";
import { filterOf } from "../arguments/globals.ts";
import { wholeNumber } from "../arguments/whole-number.ts";
import type { Perform } from "../perform.ts";
import { auditLines } from "../render/audit.ts";

/** `deploy audit`. */
export function auditCommand(perform: Perform): Command {
  return new Command("audit")
    .description("Show what was done to the app on its hosts, by whom, and how it ended")
    .option("-n, --lines <number>", "how many of the newest entries of each host", wholeNumber, 50)
    .helpGroup("Looking:")
    .action((options: { lines: number }, command: Command) =>
      perform(command, {
        tells: "output",
        hosts: "chosen",
        run: async (context, globals) => {
          const { audit } = await import("@cutover/core/commands/audit");
          return audit(context, { filter: filterOf(globals), lines: options.lines });
        },
        show: auditLines,
      }),
    );
}
