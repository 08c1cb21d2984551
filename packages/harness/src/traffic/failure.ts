/**
 * How a request can fail, told apart by what was seen on its own connection, so that it is plain
 * whose fault it was. Nothing is ever sent a second time.
 */
export type FailureKind =
  /** Nothing listened. */
  | "connect-refused"
  /** The connection could not be made for another reason: no route, no such name. */
  | "connect-failed"
  /** The other side sent a reset before the first byte of its answer. */
  | "reset-before-answer"
  /** The other side closed the connection properly, but without an answer. */
  | "closed-before-answer"
  /** A reset after the first byte of the answer. */
  | "reset-in-answer"
  /** The connection was closed properly before the whole answer had come. */
  | "short-body"
  /** Nothing came within the limit, be it a connection or the first byte of an answer. */
  | "timeout-before-answer"
  | "timeout-in-answer"
  /** What came is not HTTP. */
  | "not-http"
  /** An answer with another status than 200; its detail says whether the app made it. */
  | "status"
  /** A 200 without the app's marks: somebody else answered. */
  | "not-the-app"
  /** As many bytes as promised, but not the bytes that the app sent. */
  | "checksum"
  /** An answer of a version that was not expected. */
  | "version";

/** One failed request: when it was sent (ms since the traffic started), what it was, and what was seen. */
export interface Failure {
  kind: FailureKind;
  sentMs: number;
  tookMs: number;
  /** `POST /echo`. */
  request: string;
  /** Whether it went out on a connection that had carried another request before. */
  reused: boolean;
  detail: string;
}

/** The sentence for a person. */
export function describeFailure(failure: Failure): string {
  const connection = failure.reused ? "kept connection" : "new connection";
  const at = `${(failure.sentMs / 1000).toFixed(2)} s`;
  return `${at} ${failure.request} (${connection}): ${failure.kind}, ${failure.detail}, after ${Math.round(failure.tookMs)} ms`;
}
