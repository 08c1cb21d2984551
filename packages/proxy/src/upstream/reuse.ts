import { known } from "../http1/known-fields.ts";
import type { ResponseHead } from "../http1/response-head.ts";

/** An idle connection is let go of after this long, in milliseconds. */
export const longestIdleMs = 55_000;

/** Whether a request may be carried out twice without harm (RFC 9110, 9.2.2). */
export function isIdempotent(method: string): boolean {
  switch (method) {
    case "GET":
    case "HEAD":
    case "OPTIONS":
    case "PUT":
    case "DELETE":
    case "TRACE":
      return true;
    default:
      return false;
  }
}

/**
 * For how long a connection may have been idle to be used for a request. A target closes idle
 * connections when it likes, and a request that meets the close is lost unless it may be sent
 * again. So one that may not goes out only where the close is unlikely: at most half a second idle.
 *
 * @param keptMs for how long the target said that it keeps an idle connection
 */
export function usableIdleMs(mayBeSentAgain: boolean, keptMs: number): number {
  return mayBeSentAgain ? Math.min(longestIdleMs, keptMs - 500) : Math.min(500, keptMs / 2);
}

/** For how long a target says that it keeps an idle connection, in milliseconds; most say nothing. */
export function keptMsOf(answer: ResponseHead): number {
  const said = answer.fields.combined(known["keep-alive"]);
  const seconds = said === null ? undefined : /(?:^|[\s,])timeout=(\d{1,6})/.exec(said)?.[1];
  return seconds === undefined ? Number.POSITIVE_INFINITY : Number(seconds) * 1_000;
}

/** The facts of a request that met a closed connection. */
export interface LostRequest {
  method: string;
  /** Whether it was sent over a connection that had been used before. */
  reused: boolean;
  /** Whether any byte of it may have gone out. */
  written: boolean;
  /** Whether all of its body that went out is still at hand. */
  bodyAtHand: boolean;
  /** Whether any byte of an answer came. */
  answered: boolean;
  /** Whether it has been sent again already. */
  again: boolean;
}

/** Whether a request may be sent again, over a fresh connection. */
export function maySendAgain(lost: LostRequest): boolean {
  if (!lost.reused || lost.answered || lost.again || !lost.bodyAtHand) return false;
  return !lost.written || isIdempotent(lost.method);
}
