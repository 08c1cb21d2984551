import { CR, fieldByte, LF, SP } from "./bytes.ts";
import { MORE, REFUSED } from "./field-scanner.ts";
import type { Fields } from "./fields.ts";
import { HeadReader } from "./head-reader.ts";
import { defaultLimits, type HeadLimits } from "./limits.ts";
import { asBadGateway, type Refusal, refusals } from "./refusal.ts";
import { type ResponseHead, responseHead } from "./response-head.ts";

const ZERO = 0x30;
const name = Buffer.from("HTTP/1.");
/** `HTTP/1.1 200`: where the status is, and where it ends. */
const statusAt = 9;
const statusEnd = 12;

/** Reads the heads of a target's responses, interim ones too. Every refusal has status 502. */
export class ResponseReader extends HeadReader<ResponseHead> {
  #method = "GET";
  #minor: 0 | 1 = 1;
  #status = 0;
  #lineEnd = 0;

  constructor(limits: HeadLimits = defaultLimits) {
    super(limits, 0);
  }

  /** Says which request the next response answers: no body follows the answer to a HEAD. */
  expect(method: string): void {
    this.#method = method;
  }

  protected override startLine(bytes: Buffer, from: number, end: number): number {
    const checked = Math.min(statusEnd, end - from);
    for (let i = 0; i < checked; i++) {
      if (!this.#isExpected(bytes[from + i] as number, i)) return this.#refuse(refusals.statusLine);
    }
    let p = from + statusEnd;
    if (p >= end) return MORE;
    if (bytes[p] !== SP && bytes[p] !== CR) return this.#refuse(lineFault(bytes[p] as number));
    while (p < end && fieldByte[bytes[p] as number] === 1) p++;
    if (p === end) return MORE;
    if (bytes[p] !== CR) return this.#refuse(lineFault(bytes[p] as number));
    if (p + 1 === end) return MORE;
    if (bytes[p + 1] !== LF) return this.#refuse(refusals.bareCr);
    this.#lineEnd = p - from;
    return p + 2;
  }

  protected override complete(fields: Fields): ResponseHead | Refusal {
    const reason = fields.text.slice(statusEnd + 1, this.#lineEnd);
    return responseHead(this.#method, this.#status, reason, this.#minor, fields);
  }

  protected override told(refusal: Refusal): Refusal {
    return asBadGateway(refusal);
  }

  /** Checks a byte of `HTTP/1.1 200`; statuses from 100 to 599 exist (RFC 9110, 15). */
  #isExpected(byte: number, index: number): boolean {
    if (index < name.length) return byte === name[index];
    if (index === statusAt - 1) return byte === SP;
    const digit = byte - ZERO;
    if (index < statusAt) {
      if (digit !== 0 && digit !== 1) return false;
      this.#minor = digit;
      return true;
    }
    if (digit < 0 || digit > 9) return false;
    if (index === statusAt) {
      this.#status = digit;
      return digit >= 1 && digit <= 5;
    }
    this.#status = this.#status * 10 + digit;
    return true;
  }

  #refuse(refusal: Refusal): number {
    this.fault = refusal;
    return REFUSED;
  }
}

function lineFault(byte: number): Refusal {
  if (byte === 0) return refusals.nul;
  return byte === LF ? refusals.bareLf : refusals.statusLine;
}
