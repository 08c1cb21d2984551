import type { HeldLockFacts } from "@cutover/core";
import { DeployError } from "@cutover/core/errors";
import type { Ask } from "../trust/confirmation.ts";
import { holderLine } from "./lines.ts";

/**
 * Decides whether the lock of a command at work is broken: by `--force`, or by asking.
 *
 * @throws DeployError USAGE where nobody can be asked
 */
export function confirmBreak(force: boolean, ask: Ask): (held: HeldLockFacts) => Promise<boolean> {
  return async (held) => {
    if (force) return true;
    if (ask === null)
      throw new DeployError("USAGE", {
        cause: `${held.by} is at work on ${held.host}; whether to stop that can only be asked on a terminal`,
        hint: "wait for it, or: deploy lock release --force",
        state: "unchanged",
      });
    return ask(`${holderLine(held)}\nStop it where it is, and free the lock?`);
  };
}
