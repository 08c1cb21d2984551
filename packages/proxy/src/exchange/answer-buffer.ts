import type { ClientSocket } from "../accept/client-socket.ts";
import { writeCopy } from "../body/write.ts";
import type { BufferPlace } from "../buffer/place.ts";
import { Spool, type SpoolUser } from "../buffer/spool.ts";
import { known } from "../http1/known-fields.ts";
import type { ResponseHead } from "../http1/response-head.ts";

/** Whose answer it is. */
export interface AnswerSide {
  /** The target may send again. */
  onAnswerSpace(): void;
  /** The client has taken something. */
  onAnswerTaken(): void;
  /** Nothing is left in the buffer. */
  onAnswerPassed(): void;
  /** The rest of it can't be had any more. */
  onAnswerLost(): void;
}

/**
 * An answer on its way to a client that takes it more slowly than the target gives it. What the client
 * takes at once passes at once; only what it does not take is kept, so no byte waits for a later one.
 */
export class AnswerBuffer implements SpoolUser {
  readonly #client: ClientSocket;
  readonly #place: BufferPlace;
  readonly #memoryLimit: number;
  readonly #side: AnswerSide;
  /** Made when there is something to keep. */
  #spool: Spool | null = null;

  constructor(client: ClientSocket, place: BufferPlace, memoryLimit: number, side: AnswerSide) {
    this.#client = client;
    this.#place = place;
    this.#memoryLimit = memoryLimit;
    this.#side = side;
  }

  get isEmpty(): boolean {
    return this.#spool === null || this.#spool.isEmpty;
  }

  /**
   * @param bytes may be changed once this has returned
   * @returns false when the target has to wait
   */
  pass(bytes: Buffer): boolean {
    if (this.isEmpty && !this.#client.writableNeedDrain) {
      writeCopy(this.#client, bytes);
      return true;
    }
    this.#spool ??= new Spool(this.#place, this.#memoryLimit, this);
    return this.#spool.push(Buffer.from(bytes));
  }

  /** The client takes more. */
  drain(): void {
    if (this.#spool === null) return;
    this.#side.onAnswerTaken();
    this.onSpoolReadable();
  }

  onSpoolReadable(): void {
    const spool = this.#spool as Spool;
    while (!this.#client.writableNeedDrain) {
      const piece = spool.pull();
      if (piece === null) break;
      this.#client.write(piece);
    }
    if (spool.isEmpty) this.#side.onAnswerPassed();
  }

  onSpoolSpace(): void {
    this.#side.onAnswerSpace();
  }

  onSpoolFailed(): void {
    this.#side.onAnswerLost();
  }

  close(): void {
    this.#spool?.close();
  }
}

/** Whether an answer is a stream whose reader waits for each of its pieces, or says itself that it is not to be buffered. */
export function isStreamed({ fields }: ResponseHead): boolean {
  const type = fields.combined(known["content-type"]);
  if (type !== null && /^text\/event-stream\b/i.test(type)) return true;
  return fields.get("x-accel-buffering")?.toLowerCase() === "no";
}
