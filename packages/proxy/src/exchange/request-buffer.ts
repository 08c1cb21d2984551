import type { BufferPlace } from "../buffer/place.ts";
import { Spool, type SpoolUser } from "../buffer/spool.ts";

/** Whose request it is. Each of the two that send gives false when the target has to be waited for. */
export interface RequestSide {
  /** Sends the head with the first of the body. */
  send(body: Buffer, bodyIsWhole: boolean): boolean;
  sendMore(part: Buffer): boolean;
  /** All of the body has been sent. */
  sent(): void;
  /** The client may send again. */
  resume(): void;
  /** The rest of it can't be had any more. */
  fail(): void;
}

/**
 * A request's body that is gathered before its target hears of it, so that a client that sends slowly
 * holds up nobody but itself. Where there is no room for all of it, the target gets it as it comes.
 */
export class RequestBuffer implements SpoolUser {
  isSending = false;
  readonly #side: RequestSide;
  readonly #spool: Spool;
  #isWhole = false;
  #waits = false;
  /** The client waits for room. */
  #isFull = false;

  constructor(place: BufferPlace, memoryLimit: number, side: RequestSide) {
    this.#spool = new Spool(place, memoryLimit, this);
    this.#side = side;
  }

  /** Takes more of the body. Gives false when the client has to wait. */
  take(part: Buffer, isLast: boolean): boolean {
    this.#isWhole = isLast;
    if (part.length > 0) this.#isFull = !this.#spool.push(part);
    if (this.isSending) this.onSpoolReadable();
    else if (isLast || this.#isFull) this.#begin();
    // The target may have taken meanwhile what there was no room for.
    return !this.#isFull;
  }

  /** The target takes more. */
  drain(): void {
    this.#waits = false;
    this.onSpoolReadable();
  }

  onSpoolReadable(): void {
    while (!this.#waits) {
      const piece = this.#spool.pull();
      if (piece === null) break;
      this.#waits = !this.#side.sendMore(piece);
    }
    if (this.#isWhole && this.#spool.isEmpty) this.#side.sent();
  }

  onSpoolSpace(): void {
    this.#isFull = false;
    this.#side.resume();
  }

  onSpoolFailed(): void {
    this.#side.fail();
  }

  close(): void {
    this.#spool.close();
  }

  #begin(): void {
    this.isSending = true;
    const first = this.#spool.pull() ?? Buffer.alloc(0);
    this.#waits = !this.#side.send(first, this.#isWhole && this.#spool.isEmpty);
    this.onSpoolReadable();
  }
}
