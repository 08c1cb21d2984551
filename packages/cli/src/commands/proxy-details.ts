import { Command } from "commander";
import { filterOf } from "../arguments/globals.ts";
import type { Perform } from "../perform.ts";
import { proxyDetailsLines } from "../render/proxy.ts";

/** `deploy proxy details`. */
export function proxyDetailsCommand(perform: Perform): Command {
  return new Command("details")
    .description("Show the proxy's version, and where it sends each service's requests")
    .action((_options, command: Command) =>
      perform(command, {
        tells: "output",
        hosts: "chosen",
        run: async (context, globals) => {
          const { proxyDetails } = await import("@cutover/core/commands/proxy-details");
          return proxyDetails(context, { filter: filterOf(globals) });
        },
        show: proxyDetailsLines,
        // What was seen is shown, but a script must not take it for the whole.
        exitCode: ({ hosts }) => (hosts.some(({ error }) => error !== null) ? 20 : 0),
      }),
    );
}
