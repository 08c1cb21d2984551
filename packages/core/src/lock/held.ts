import { DeployError } from "../errors/index.ts";
import type { HeldByOther } from "./host-lock.ts";

/**
 * Says who holds the lock, since when and what for, and what to do about it.
 *
 * @param host the one whose lock it is
 */
export function lockHeld(host: string, { record, verdict }: HeldByOther): DeployError {
  const { by, pid, command, version, step, message } = record.holder;
  const what = version === null ? command : `${command} of version ${version}`;
  return new DeployError("LOCK_HELD", {
    cause: `${by} (process ${pid}) is at work here since ${seconds(verdict.forMs)}: ${what}`,
    host,
    hint: `wait for it to end; if it was killed, its lock runs out by itself in ${seconds(verdict.remainingMs)}`,
    details: [
      ...(step === null ? [] : [`it is at: ${step}`]),
      ...(message === null ? [] : [`it says: ${message}`]),
    ],
    state: "unchanged",
  });
}

/** Our own lock is gone, so that nothing more may be changed. */
export function lockLost(host: string, reason: "expired" | "superseded"): DeployError {
  return new DeployError("LOCK_LOST", {
    cause:
      reason === "expired"
        ? `the lock on ${host} could not be renewed in time and has run out`
        : `the lock on ${host} has passed to another deploy`,
    host,
    hint: "see what serves now with: deploy details",
  });
}

function seconds(ms: number): string {
  const whole = Math.ceil(ms / 1000);
  return whole < 120 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}
