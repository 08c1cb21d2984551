import { withoutBlanks } from "./blanks.ts";
import type { Fields } from "./fields.ts";
import { type Refusal, refusals } from "./refusal.ts";

/** Where a body ends: there is none, after so many bytes, with the last chunk, with the connection. */
export type BodyKind = "none" | "length" | "chunked" | "until-close";

/** Sixteen digits hold every length that a number can; more are an attempt at an overflow. */
const mostDigits = 16;

/** The bytes that a Content-Length promises; -1 when it is no plain number. */
function contentLength(value: string): number {
  if (value.length === 0 || value.length > mostDigits) return -1;
  let length = 0;
  for (let i = 0; i < value.length; i++) {
    const digit = value.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    length = length * 10 + digit;
  }
  return length <= Number.MAX_SAFE_INTEGER ? length : -1;
}

/** What is wrong with a Transfer-Encoding that is not exactly `chunked`; null when it is. */
function codingFault(value: string): Refusal | null {
  if (value === "chunked") return null;
  const codings = value.toLowerCase().split(",").map(withoutBlanks);
  if (codings.length === 1 && codings[0] === "chunked") return null;
  const plain = codings.every((coding) => /^[!#$%&'*+\-.^_`|~0-9a-z]+$/.test(coding));
  const lastAlone = codings.indexOf("chunked") === codings.length - 1;
  return plain && lastAlone ? refusals.codingUnknown : refusals.codingMalformed;
}

/** What Content-Length and Transfer-Encoding say of a message, each at most once and never both. */
export class Framing {
  kind: BodyKind = "none";
  /** Bytes, where `kind` is `length`. */
  length = 0;
  refused: Refusal | null = null;

  /** @param lengthAt line of Content-Length, or -1; @param codingAt line of Transfer-Encoding, or -1 */
  read(fields: Fields, minor: number, lengthAt: number, codingAt: number): this {
    if (codingAt >= 0) {
      if (minor === 0) return this.#refuse(refusals.codingTooOld);
      if (lengthAt >= 0) return this.#refuse(refusals.lengthAndCoding);
      const fault = fields.hasTab(codingAt) ? refusals.codingMalformed : codingFault(fields.value(codingAt));
      if (fault !== null) return this.#refuse(fault);
      this.kind = "chunked";
    } else if (lengthAt >= 0) {
      this.length = fields.hasTab(lengthAt) ? -1 : contentLength(fields.value(lengthAt));
      if (this.length < 0) return this.#refuse(refusals.lengthMalformed);
      this.kind = "length";
    }
    return this;
  }

  #refuse(refusal: Refusal): this {
    this.refused = refusal;
    return this;
  }
}
