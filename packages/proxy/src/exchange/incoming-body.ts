import type { OwnAnswer } from "../answer/answer.ts";
import { bodyOf } from "../body/of.ts";
import type { Body } from "../http1/body.ts";
import type { RequestHead } from "../http1/request-head.ts";

/** A request's body on its way in: where it ends, and whether it may go on. */
export class IncomingBody {
  readonly #body: Body;
  readonly #chunked: boolean;
  /** How many bytes may still come. */
  #allowance: number;

  /** @param mostBytes that it may have, framing of chunks included; null: any */
  constructor(head: RequestHead, mostBytes: number | null) {
    this.#body = bodyOf(head.body, head.length);
    this.#chunked = head.body === "chunked";
    // What is announced is allowed, or not, before it comes.
    this.#allowance = (mostBytes ?? Number.POSITIVE_INFINITY) - head.length;
  }

  get done(): boolean {
    return this.#body.done;
  }

  /** Follows it through these bytes. Gives the offset after the last one that belongs to it. */
  take(bytes: Buffer, start: number): number {
    const end = this.#body.scan(bytes, start, bytes.length);
    if (this.#chunked) this.#allowance -= end - start;
    return end;
  }

  /** Why it can't be read any further; null while it can. */
  get fault(): OwnAnswer | null {
    const { refused } = this.#body;
    if (refused !== null) return { status: 400, message: refused.reason };
    return this.#allowance < 0 ? { status: 413 } : null;
  }
}
