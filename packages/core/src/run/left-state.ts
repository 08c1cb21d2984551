import type { LeftState } from "../errors/index.ts";

/** How far a run has come, as far as it matters for what serves. */
export interface Progress {
  /** Switches that the plan has. */
  planned: number;
  /** Switches that were made. */
  made: number;
  /** Of those, taken back. */
  reverted: number;
  /** Switches that were asked for and never answered. */
  unanswered: number;
  /** Whether any step was begun. */
  begun: boolean;
}

/** What serves, at any moment of a run. */
export function leftState({ planned, made, reverted, unanswered, begun }: Progress): LeftState {
  if (unanswered > 0) return "split";
  const serving = made - reverted;
  if (serving === 0) return reverted > 0 ? "reverted" : begun ? "not-switched" : "unchanged";
  return serving === planned ? "switched" : "split";
}
