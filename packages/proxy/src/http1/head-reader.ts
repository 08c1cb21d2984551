import { CR, LF } from "./bytes.ts";
import { FieldScanner, MORE, REFUSED } from "./field-scanner.ts";
import { Fields } from "./fields.ts";
import type { HeadLimits } from "./limits.ts";
import { PartialHead } from "./partial-head.ts";
import { Refusal, refusals } from "./refusal.ts";

/** Bytes of an empty line. */
const emptyLine = 2;

/**
 * Reads the heads that come over one connection, from bytes in pieces of any size. What a start line
 * says and what a head means is up to those who extend it.
 */
export abstract class HeadReader<Head> {
  /** After a head: the offset, in the bytes last given, of what follows it. */
  next = 0;
  protected readonly limits: HeadLimits;
  /** Why {@link startLine} refused. */
  protected fault: Refusal = refusals.startLine;
  readonly #fields: FieldScanner;
  readonly #partial = new PartialHead();
  #refused: Refusal | null = null;
  /** Where the head begins in the bytes being read. */
  #origin = 0;
  /** From `#origin`: where to go on. */
  #resume = 0;
  #startLineRead = false;
  readonly #emptyLinesAllowed: 0 | 1;
  #emptyLinesLeft: 0 | 1;

  /** @param emptyLines how many empty lines may come before a start line */
  constructor(limits: HeadLimits, emptyLines: 0 | 1) {
    this.limits = limits;
    this.#emptyLinesAllowed = emptyLines;
    this.#emptyLinesLeft = emptyLines;
    this.#fields = new FieldScanner(limits.fields);
  }

  /** Whether a head has begun and is not complete. */
  get partial(): boolean {
    return this.#partial.length > this.#origin;
  }

  /**
   * Reads on. The bytes of a head that is not complete are kept: give only new ones next time.
   *
   * @returns the head; or a refusal, after which nothing more can be read; or null for want of bytes
   */
  read(bytes: Buffer, start: number, end: number): Head | Refusal | null {
    if (this.#refused !== null) return this.#refused;
    if (this.#partial.length > 0) return this.#readOn(bytes, start, end);
    this.#origin = start;
    const head = this.#scan(bytes, end);
    if (head === null) {
      this.#partial.append(bytes, this.#origin, end, this.limits.head + emptyLine);
      this.#origin = 0;
      this.next = end;
    }
    return head;
  }

  #readOn(bytes: Buffer, start: number, end: number): Head | Refusal | null {
    const kept = this.#partial.length;
    this.#partial.append(bytes, start, end, this.limits.head + emptyLine);
    const head = this.#scan(this.#partial.bytes, this.#partial.length);
    if (head === null) this.next = end;
    else {
      this.next += start - kept;
      this.#partial.clear();
    }
    return head;
  }

  #scan(bytes: Buffer, end: number): Head | Refusal | null {
    if (!this.#startLineRead && this.#emptyLinesLeft > 0 && bytes[this.#origin] === CR) {
      if (this.#origin + 1 >= end) return null;
      if (bytes[this.#origin + 1] !== LF) return this.#refuse(refusals.bareCr);
      this.#origin += emptyLine;
      this.#emptyLinesLeft = 0;
    }
    const origin = this.#origin;
    const stop = Math.min(end, origin + this.limits.head);
    let at = origin + this.#resume;
    if (!this.#startLineRead) {
      at = this.startLine(bytes, origin, stop);
      if (at === REFUSED) return this.#refuse(this.fault);
      if (at === MORE) return this.#starved(origin, end);
      this.#startLineRead = true;
      this.#fields.reset();
    }
    at = this.#fields.scan(bytes, at, stop, origin);
    if (at === REFUSED) return this.#refuse(this.#fields.refused);
    if (at === MORE) {
      this.#resume = this.#fields.resumeAt - origin;
      return this.#starved(origin, end);
    }
    this.next = at;
    this.#resume = 0;
    this.#startLineRead = false;
    this.#emptyLinesLeft = this.#emptyLinesAllowed;
    const head = this.complete(new Fields(bytes.toString("latin1", origin, at), this.#fields.marks));
    return head instanceof Refusal ? this.#refuse(head) : head;
  }

  #starved(origin: number, end: number): Refusal | null {
    return end - origin >= this.limits.head ? this.#refuse(refusals.headTooLarge) : null;
  }

  #refuse(refusal: Refusal | null): Refusal {
    this.#refused = this.told(refusal ?? refusals.startLine);
    return this.#refused;
  }

  /**
   * Checks the start line that begins at `from`; what it marks is relative to that.
   *
   * @returns the offset after the line, {@link MORE}, or {@link REFUSED} having set `fault`
   */
  protected abstract startLine(bytes: Buffer, from: number, end: number): number;

  /** Gives meaning to a head whose lines are all well formed. */
  protected abstract complete(fields: Fields): Head | Refusal;

  /** How a refusal is told to the peer of whoever sent the head. */
  protected abstract told(refusal: Refusal): Refusal;
}
