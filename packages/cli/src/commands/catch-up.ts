import { Command } from "commander";
import { addLockWait } from "../arguments/lock-wait.ts";
import type { Perform } from "../perform.ts";
import { resultLines } from "../render/receipt.ts";
import { exitCodeOf } from "./deploying.ts";

/** `deploy catch-up`. */
export function catchUpCommand(perform: Perform): Command {
  return addLockWait(new Command("catch-up"))
    .description("Bring hosts that were left behind to the release that serves")
    .helpGroup("Deploying:")
    .action((_options, command: Command) =>
      perform(command, {
        tells: "progress",
        hosts: "all",
        run: async (context) => {
          const { catchUp } = await import("@cutover/core/commands/catch-up");
          return catchUp(context);
        },
        show: ({ deployed }, paint) =>
          deployed === null ? [`${paint.good("✓")} no host is left behind`] : resultLines(deployed, paint),
        exitCode: ({ deployed }) => (deployed === null ? 0 : exitCodeOf(deployed)),
      }),
    );
}
