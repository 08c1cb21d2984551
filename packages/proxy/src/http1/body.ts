import { ChunkedBody } from "./chunked-body.ts";
import type { BodyKind } from "./framing.ts";
import type { Refusal } from "./refusal.ts";

/**
 * Follows a body through bytes that are passed on as they are: it says which of them belong to the
 * body, and keeps none.
 */
export interface Body {
  /** Whether the body has ended. */
  readonly done: boolean;
  /** Set when the bytes can't be read as a body any more; what was scanned before may have been passed on. */
  readonly refused: Refusal | null;
  /** Gives the offset after the last byte, of those from `start` to `end`, that belongs to this body. */
  scan(bytes: Buffer, start: number, end: number): number;
}

/** A body of so many bytes. */
export class LengthBody implements Body {
  remaining: number;
  readonly refused = null;

  constructor(length: number) {
    this.remaining = length;
  }

  get done(): boolean {
    return this.remaining === 0;
  }

  scan(_bytes: Buffer, start: number, end: number): number {
    const taken = Math.min(this.remaining, end - start);
    this.remaining -= taken;
    return start + taken;
  }
}

/** A body that ends with its connection: every byte belongs to it, and it is never done by itself. */
export class UntilCloseBody implements Body {
  readonly done = false;
  readonly refused = null;

  scan(_bytes: Buffer, _start: number, end: number): number {
    return end;
  }
}

/** What follows a head whose body is of this kind and, where it has one, of this length. */
export function bodyOf(kind: BodyKind, length: number): Body {
  if (kind === "chunked") return new ChunkedBody();
  return kind === "until-close" ? new UntilCloseBody() : new LengthBody(length);
}
