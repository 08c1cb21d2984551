import { Command } from "commander";
import { hostAndPort } from "../arguments/host-and-port.ts";
import type { Perform } from "../perform.ts";
import { confirmation } from "../trust/confirmation.ts";
import { trustLines } from "../trust/lines.ts";

/** `deploy trust HOST`. */
export function trustCommand(perform: Perform, ask: Parameters<typeof confirmation>[1]): Command {
  return new Command("trust")
    .description("Show a host's key and keep it in this project's .cutover/known_hosts")
    .argument("<host>", "as in the configuration; a port may follow: web1.example.com:2222", hostAndPort)
    .option("--fingerprint <fingerprint>", "keep it only if it is this one, such as SHA256:…")
    .helpGroup("Setting up:")
    .action((host: string, options: { fingerprint?: string }, command: Command) =>
      perform(command, {
        tells: "output",
        hosts: "all",
        run: async (context, globals) => {
          const { trust } = await import("@cutover/core/commands/trust");
          const wanted = { fingerprint: options.fingerprint ?? null, yes: globals.yes ?? false };
          return trust(context, { host, confirm: confirmation(wanted, ask) });
        },
        show: trustLines,
        exitCode: ({ writtenTo, before }) => (writtenTo === null && before !== "same" ? 21 : 0),
      }),
    );
}
