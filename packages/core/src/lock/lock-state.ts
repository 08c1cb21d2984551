/**
 * What a holder knows of its own lock on one host. Times are milliseconds on this machine's
 * monotonic clock, and on the safe side: the lease ends here before it ends on the host.
 */
export type LockState =
  | { kind: "held"; until: number }
  /** Never held again: somebody else may hold it now. */
  | { kind: "lost"; reason: "expired" | "superseded" }
  | { kind: "released" };

export type LockEvent =
  /** Time has passed. */
  | { kind: "clock"; now: number }
  /** The host has the new lease. */
  | { kind: "renewed"; until: number }
  /** A lock with a higher number lies on the host. */
  | { kind: "superseded" }
  | { kind: "released" };

/** What becomes of a lock by an event. What is over stays over. */
export function nextLockState(state: LockState, event: LockEvent): LockState {
  if (state.kind !== "held") return state;
  switch (event.kind) {
    case "clock":
      return event.now < state.until ? state : { kind: "lost", reason: "expired" };
    case "renewed":
      return { kind: "held", until: Math.max(state.until, event.until) };
    case "superseded":
      return { kind: "lost", reason: "superseded" };
    case "released":
      return { kind: "released" };
  }
}
