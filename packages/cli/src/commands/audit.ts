import { Command, InvalidArgumentError } from "commander";
import { filterOf } from "../arguments/globals.ts";
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

function wholeNumber(value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It has to be a whole number from 1 on.");
}
