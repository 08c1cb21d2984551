import type { LockWait } from "@cutover/core";
import { type Command, InvalidArgumentError } from "commander";

/** The options that every command takes which takes the lock. */
export interface LockWaitOptions {
  lockWait?: true;
  lockWaitTimeout?: number;
  lockWaitInterval?: number;
}

/** As Kamal's, in milliseconds. */
const TIMEOUT_MS = 900_000;
/** A third of Kamal's: a look at the lock is cheap. */
const INTERVAL_MS = 5_000;

/** Adds what says how patiently another's lock is waited for. */
export function addLockWait(command: Command): Command {
  return command
    .option("--lock-wait", "wait while another deploy of this app is at work")
    .option("--lock-wait-timeout <time>", "for that long, such as 90 or 15m (default: 900 s)", time)
    .option("--lock-wait-interval <time>", "look again after that time (default: 5 s)", time);
}

/** Naming a time means that one wants to wait. */
export function lockWaitOf(options: LockWaitOptions): LockWait | null {
  const { lockWait, lockWaitTimeout, lockWaitInterval } = options;
  if (lockWait === undefined && lockWaitTimeout === undefined && lockWaitInterval === undefined) return null;
  return { timeoutMs: lockWaitTimeout ?? TIMEOUT_MS, intervalMs: lockWaitInterval ?? INTERVAL_MS };
}

const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function time(value: string): number {
  const [, amount, unit = "s"] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(value) ?? [];
  if (amount === undefined) throw new InvalidArgumentError("Write seconds, such as 30, or 500ms, 2m.");
  return Number(amount) * (UNIT_MS[unit] ?? 1_000);
}
