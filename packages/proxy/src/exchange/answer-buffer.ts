import type { ClientSocket } from "../accept/client-socket.ts";
import type { BufferPlace } from "../buffer/place.ts";
import { Spool, type SpoolUser } from "../buffer/spool.ts";
import { known } from "../http1/known-fields.ts";
import type { ResponseHead } from "../http1/response-head.ts";

/** Whose answer it is. */
interface AnswerSide {
  /** The target may send again. */
  resume(): void;
  /** The client has taken something. */
  moved(): void;
  /** Nothing is left in the buffer. */
  passed(): void;
  /** The rest of it can't be had any more. */
  fail(): void;
}

/**
 * An answer on its way to a client that may take it more slowly than the target gives it. What the client
 * takes at once passes at once; only what it does not take is kept, so the first byte never waits.
 */
export class AnswerBuffer implements SpoolUser {
  readonly #client: ClientSocket;
  readonly #place: BufferPlace;
  readonly #memoryLimit: number;
  readonly #side: AnswerSide;
  /** Made when the client first falls behind. */
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

  /** Gives false when the target has to wait. */
  pass(bytes: Buffer): boolean {
    if (this.isEmpty && !this.#client.writableNeedDrain) {
      this.#client.write(bytes);
      return true;
    }
    this.#spool ??= new Spool(this.#place, this.#memoryLimit, this);
    return this.#spool.push(bytes);
  }

  /** The client takes more. */
  drain(): void {
    if (this.#spool === null) return;
    this.#side.moved();
    this.onSpoolReadable();
  }

  onSpoolReadable(): void {
    const spool = this.#spool as Spool;
    while (!this.#client.writableNeedDrain) {
      const piece = spool.pull();
      if (piece === null) break;
      this.#client.write(piece);
    }
    if (spool.isEmpty) this.#side.passed();
  }

  onSpoolSpace(): void {
    this.#side.resume();
  }

  onSpoolFailed(): void {
    this.#side.fail();
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
