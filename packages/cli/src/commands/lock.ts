import type { LockChange, LockStatus } from "@cutover/core";
import { Command, InvalidArgumentError } from "commander";
import { confirmBreak } from "../lock/confirm-break.ts";
import { changeLines, statusLines } from "../lock/lines.ts";
import type { Perform } from "../perform.ts";
import type { Ask } from "../trust/confirmation.ts";

/** `deploy lock …`: who may deploy. */
export function lockCommand(perform: Perform, ask: Ask): Command {
  return new Command("lock")
    .description("See who is deploying, or keep everybody from it")
    .helpGroup("Deploying:")
    .helpCommand(false)
    .addCommand(statusCommand(perform))
    .addCommand(acquireCommand(perform))
    .addCommand(releaseCommand(perform, ask));
}

function statusCommand(perform: Perform): Command {
  return new Command("status")
    .description("Show who holds the lock, since when and what for")
    .action((_options, command: Command) =>
      perform<LockStatus>(command, {
        tells: "output",
        hosts: "all",
        run: async (context) => {
          const { lockStatus } = await import("@cutover/core/commands/lock-status");
          return lockStatus(context);
        },
        show: statusLines,
        // What was seen is shown, but a script must not take it for the whole.
        exitCode: ({ hosts }) => (hosts.some(({ error }) => error !== null) ? 20 : 0),
      }),
    );
}

function acquireCommand(perform: Perform): Command {
  return new Command("acquire")
    .description("Lock the app: nothing is deployed until you release it")
    .requiredOption("-m, --message <message>", "why, for those who find it locked", words)
    .action((options: { message: string }, command: Command) =>
      perform<LockChange>(command, {
        tells: "output",
        hosts: "all",
        run: async (context) => {
          const { lockAcquire } = await import("@cutover/core/commands/lock-acquire");
          return lockAcquire(context, options);
        },
        show: (change, paint) => changeLines("locked", change, paint),
      }),
    );
}

function words(message: string): string {
  if (message.trim() === "") throw new InvalidArgumentError("Say in some words why.");
  return message;
}

function releaseCommand(perform: Perform, ask: Ask): Command {
  return new Command("release")
    .description("Free the lock; that of a command at work only when you say so")
    .option("--force", "break the lock of a command at work without asking")
    .action((options: { force?: true }, command: Command) =>
      perform<LockChange>(command, {
        tells: "output",
        hosts: "all",
        run: async (context, globals) => {
          const { lockRelease } = await import("@cutover/core/commands/lock-release");
          const confirm = confirmBreak(options.force ?? globals.yes ?? false, ask);
          return lockRelease(context, { confirm });
        },
        show: (change, paint) => changeLines("free", change, paint),
      }),
    );
}
