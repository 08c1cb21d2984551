export interface CommitParams {
  service: string;
  candidate: string;
  /** How long requests on the old target may go on. Then they are cut, and counted. */
  drainTimeoutMs: number;
  /** The same for websockets, which are closed with code 1012. Default: `drainTimeoutMs`. */
  websocketDrainTimeoutMs?: number;
}

export interface CommitResult {
  /** Names this switch for `receipt` and `revert`. */
  switch: string;
  at: number;
  /** The release id that served before; null for a first one. */
  previous: string | null;
}

export interface RevertParams {
  service: string;
  switch: string;
  drainTimeoutMs: number;
  websocketDrainTimeoutMs?: number;
}

export interface ReceiptParams {
  service: string;
  switch: string;
  /** `drained`: answer when the old target has drained or was cut. `now`: answer with what is known. */
  wait: "now" | "drained";
}

/** The account of one switch. Counts are requests unless they say otherwise. */
export interface Receipt {
  switch: string;
  service: string;
  from: string | null;
  to: string;
  at: number;
  /** `draining` until the last request on the old target has ended. */
  state: "draining" | "drained" | "cut" | "reverted";
  /** On the old target at the moment of the switch. */
  inFlight: number;
  /** Of those, ended in their own time. */
  drained: number;
  /** Of those, cut at the drain limit. */
  cut: number;
  /** Held by a pause around the switch, and the longest of those holds. */
  held: number;
  longestHoldMs: number;
  /** Sent again over a fresh connection because a pooled one had been closed. */
  retried: number;
  /** Failures while the old target served alone, and since the switch. */
  before: FailureCounts;
  after: FailureCounts;
  websockets: { open: number; closed: number; cut: number };
  /** From the commit to the last request's end on the old target. */
  drainMs: number;
  /**
   * How long the rest of the switch took: until its candidate was found healthy (null for a revert, whose
   * target was), and to write it down. Absent of switches made before the proxy was started anew.
   */
  phases?: { gateMs: number | null; writeMs: number };
  /**
   * How long answers took, as counts under the bounds {@link durationBounds} and above the last, of
   * `before` and `after`. Absent in proxies that do not count it, and of switches made before the
   * proxy was started anew.
   */
  durations?: { before: number[]; after: number[] };
}

/** Requests and, of those, failures by whose side they came from. */
export interface FailureCounts {
  requests: number;
  /** Answers of 500 to 599 made by the target itself. */
  targetErrors: number;
  /** The target refused, reset, timed out or broke its answer off. */
  targetFailures: number;
  /** The client went away before its answer was complete. */
  clientAborts: number;
  /** Answers that the proxy made itself because it could not pass the request on. */
  proxyErrors: number;
}

/** Upper bounds of durations that are counted, in milliseconds. */
export const durationBounds = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000] as const;
