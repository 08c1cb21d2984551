import { Command } from "commander";
import type { Perform } from "../perform.ts";
import { releasesLines } from "../render/releases.ts";

/** `deploy releases`. */
export function releasesCommand(perform: Perform): Command {
  return new Command("releases")
    .description("List the releases on the hosts: what serves, what can be gone back to, what failed")
    .helpGroup("Looking:")
    .action((_options, command: Command) =>
      perform(command, {
        tells: "output",
        hosts: "all",
        run: async (context) => {
          const { releases } = await import("@cutover/core/commands/releases");
          return releases(context);
        },
        show: releasesLines,
      }),
    );
}
