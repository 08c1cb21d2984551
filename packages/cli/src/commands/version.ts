import { Command } from "commander";
import type { Perform } from "../perform.ts";
import { version } from "../version.ts";

/** `deploy version`, and `deploy --version` without a value. */
export function versionCommand(perform: Perform): Command {
  return new Command("version")
    .description("Show the version of this command")
    .helpGroup("Looking:")
    .action((_options, command: Command) =>
      perform(command, {
        tells: "output",
        hosts: "all",
        run: async () => version,
        show: (told) => [told],
      }),
    );
}
