import type { Body } from "./body.ts";
import { CR, fieldByte, hexValue, LF } from "./bytes.ts";
import { MORE, REFUSED } from "./field-scanner.ts";
import type { Fields } from "./fields.ts";
import { chunkLimits } from "./limits.ts";
import { type Refusal, refusals } from "./refusal.ts";
import { Trailers } from "./trailers.ts";

/** Where in the grammar of RFC 9112, 7.1 the next byte is. */
type State = "size" | "extension" | "size-lf" | "data" | "data-cr" | "data-lf" | "trailers";

const SEMICOLON = 0x3b;
/** Hexadecimal digits of the largest size that a number holds exactly, 2^52 - 1. */
const mostDigits = 13;

/**
 * A chunked body, checked byte by byte while it is passed on verbatim, extensions and trailers
 * included. When `refused` is set, pass on none of the bytes last given.
 */
export class ChunkedBody implements Body {
  done = false;
  refused: Refusal | null = null;
  /** Whether what {@link step} went over was content, and not framing. */
  content = false;
  #state: State = "size";
  #digits = 0;
  /** The chunk's size while it is read; then what is left of the chunk. */
  #remaining = 0;
  #extension = 0;
  #trailers: Trailers | null = null;

  /** Whether the body could be ended here by a last chunk: every chunk so far is whole. */
  get betweenChunks(): boolean {
    return this.#state === "size" && this.#digits === 0;
  }

  /** The fields that came after the last chunk; null while the body is not done. */
  get trailers(): Fields | null {
    return this.done && this.#trailers !== null ? this.#trailers.fields : null;
  }

  scan(bytes: Buffer, start: number, end: number): number {
    let at = start;
    while (at < end && !this.done && this.refused === null) at = this.step(bytes, at, end);
    return at;
  }

  /**
   * Goes over one run of content or one run of framing, for those who want the content alone.
   * Only while there are bytes, and the body is neither done nor refused.
   *
   * @returns the offset after the run
   */
  step(bytes: Buffer, start: number, end: number): number {
    this.content = this.#state === "data";
    if (this.content) {
      const taken = Math.min(this.#remaining, end - start);
      this.#remaining -= taken;
      if (this.#remaining === 0) this.#state = "data-cr";
      return start + taken;
    }
    let at = start;
    while (at < end && this.refused === null) {
      if (this.#state === "trailers") return this.#trailerSection(bytes, at, end);
      if (this.#state === "data") return at;
      this.#frame(bytes[at] as number);
      at++;
    }
    return at;
  }

  #frame(byte: number): void {
    switch (this.#state) {
      case "size":
        this.#size(byte);
        break;
      case "extension":
        if (byte === CR) this.#state = "size-lf";
        else if (fieldByte[byte] === 0 || ++this.#extension > chunkLimits.extension) {
          this.refused = byte === LF ? refusals.bareLf : refusals.chunkExtension;
        }
        break;
      case "size-lf":
        if (byte !== LF) this.refused = refusals.bareCr;
        else this.#state = this.#remaining === 0 ? "trailers" : "data";
        break;
      case "data-cr":
        if (byte !== CR) this.refused = refusals.chunkEnd;
        this.#state = "data-lf";
        break;
      case "data-lf":
        if (byte !== LF) this.refused = refusals.chunkEnd;
        this.#state = "size";
        this.#digits = 0;
        break;
    }
  }

  #size(byte: number): void {
    const digit = hexValue[byte] as number;
    if (digit < 16) {
      this.#remaining = this.#digits === 0 ? digit : this.#remaining * 16 + digit;
      if (++this.#digits > mostDigits) this.refused = refusals.chunkTooLarge;
    } else if (this.#digits === 0) this.refused = refusals.chunkSize;
    else if (byte === CR) this.#state = "size-lf";
    else if (byte === SEMICOLON) {
      this.#state = "extension";
      this.#extension = 0;
    } else this.refused = byte === LF ? refusals.bareLf : refusals.chunkSize;
  }

  #trailerSection(bytes: Buffer, start: number, end: number): number {
    this.#trailers ??= new Trailers();
    const at = this.#trailers.scan(bytes, start, end);
    if (at === REFUSED) this.refused = this.#trailers.refused;
    if (at === REFUSED || at === MORE) return end;
    this.done = true;
    return at;
  }
}

/** Gives the content alone, piece by piece, to `sink`: for a client that can't read chunks. */
export function decodeChunks(
  body: ChunkedBody,
  bytes: Buffer,
  start: number,
  sink: { content(bytes: Buffer, start: number, end: number): void },
): number {
  let at = start;
  while (at < bytes.length && !body.done && body.refused === null) {
    const from = at;
    at = body.step(bytes, from, bytes.length);
    if (body.content) sink.content(bytes, from, at);
  }
  return at;
}
