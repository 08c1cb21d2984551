import { Command } from "commander";
import type { Perform } from "../perform.ts";

/** `deploy config`. */
export function configCommand(perform: Perform): Command {
  return new Command("config")
    .description("Show the configuration as it is understood, secrets hidden")
    .helpGroup("Looking:")
    .action((_options, command: Command) =>
      perform(command, {
        tells: "output",
        hosts: "all",
        run: async (context) => {
          const { config } = await import("@cutover/core/commands/config");
          return config(context);
        },
        show: async (merged) => {
          const { stringify } = await import("yaml");
          return stringify(merged, { aliasDuplicateObjects: false }).trimEnd().split("\n");
        },
      }),
    );
}
