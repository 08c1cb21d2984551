import { Command } from "commander";
import { filterOf } from "../arguments/globals.ts";
import type { Perform } from "../perform.ts";
import { detailsLines } from "../render/details.ts";

/** `deploy details`. */
export function detailsCommand(perform: Perform): Command {
  return new Command("details")
    .description("Show what runs and serves on each host")
    .helpGroup("Looking:")
    .action((_options, command: Command) =>
      perform(command, {
        tells: "output",
        hosts: "chosen",
        run: async (context, globals) => {
          const { details } = await import("@cutover/core/commands/details");
          return details(context, { filter: filterOf(globals) });
        },
        show: detailsLines,
        // What was seen is shown, but a script must not take it for the whole.
        exitCode: ({ hosts }) => (hosts.some(({ error }) => error !== null) ? 20 : 0),
      }),
    );
}
