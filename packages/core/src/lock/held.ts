import { DeployError } from "../errors/index.ts";
import type { HeldByOther } from "./host-lock.ts";

/**
 * Says who holds the lock, since when and what for, and what to do about it.
 *
 * @param host the one whose lock it is
 */
export function lockHeld(host: string, held: HeldByOther): DeployError {
  const { by, pid, command, version, step, message } = held.record.holder;
  const since = seconds(held.verdict.forMs);
  const what = version === null ? command : `${command} of version ${version}`;
  const byHand = isByHand(held);
  return new DeployError(
    "LOCK_HELD",
    {
      cause: byHand
        ? `${by} has locked it by hand since ${since}: ${message ?? "without a word why"}`
        : `${by} (process ${pid}) is at work here since ${since}: ${what}`,
      host,
      hint: byHand ? "ask them, then: deploy lock release" : untilItEnds(held.verdict.remainingMs ?? 0),
      details: [
        ...(step === null ? [] : [`it is at: ${step}`]),
        ...(message === null || byHand ? [] : [`it says: ${message}`]),
      ],
      state: "unchanged",
    },
    { cause: held },
  );
}

/** Whether a lock runs out by itself only when a person frees it. */
export function isByHand({ verdict }: HeldByOther): boolean {
  return verdict.remainingMs === null;
}

/** Who holds the lock that an error tells of; null for other errors. */
export function holderIn(error: unknown): HeldByOther | null {
  if (!(error instanceof DeployError) || error.code !== "LOCK_HELD") return null;
  return error.cause as HeldByOther;
}

function untilItEnds(remainingMs: number): string {
  return `wait for it with --lock-wait, or end it: deploy lock release; if it was killed, its lock runs out by itself in ${seconds(remainingMs)}`;
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

/** `18 s`, `3 min`. */
export function seconds(ms: number): string {
  const whole = Math.ceil(ms / 1000);
  return whole < 120 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}
