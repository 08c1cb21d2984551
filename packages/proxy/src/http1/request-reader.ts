import { CR, LF, SP, targetByte, tokenLower } from "./bytes.ts";
import { MORE, REFUSED } from "./field-scanner.ts";
import type { Fields } from "./fields.ts";
import { HeadReader } from "./head-reader.ts";
import { defaultLimits, type HeadLimits } from "./limits.ts";
import { type Refusal, refusals } from "./refusal.ts";
import { type RequestHead, requestHead } from "./request-head.ts";

/** The longest method taken; the longest registered with IANA has 17 letters. */
const longestMethod = 24;
const ZERO = 0x30;
const name = Buffer.from("HTTP/1.");
const majorAt = 5;

/** Reads the heads of a client's requests (RFC 9112, 2 to 6), one after another when they are pipelined. */
export class RequestReader extends HeadReader<RequestHead> {
  #methodEnd = 0;
  #targetEnd = 0;
  #minor: 0 | 1 = 1;

  constructor(limits: HeadLimits = defaultLimits) {
    // RFC 9112, 2.2: some old clients end a body with a line end that its length doesn't count.
    super(limits, 1);
  }

  protected override startLine(bytes: Buffer, from: number, end: number): number {
    let p = from;
    while (p < end && tokenLower[bytes[p] as number] !== 0) p++;
    if (p - from > longestMethod) return this.#refuse(refusals.method);
    if (p === end) return MORE;
    if (p === from || bytes[p] !== SP) return this.#refuse(lineFault(bytes[p] as number, refusals.method));
    const targetAt = p + 1;
    const targetStop = Math.min(end, targetAt + this.limits.target + 1);
    p = targetAt;
    while (p < targetStop && targetByte[bytes[p] as number] === 1) p++;
    if (p - targetAt > this.limits.target) return this.#refuse(refusals.targetTooLong);
    if (p === end) return MORE;
    if (p === targetAt || bytes[p] !== SP)
      return this.#refuse(lineFault(bytes[p] as number, refusals.target));
    this.#methodEnd = targetAt - 1 - from;
    this.#targetEnd = p - from;
    return this.#version(bytes, p + 1, end);
  }

  protected override complete(fields: Fields): RequestHead | Refusal {
    const method = fields.text.slice(0, this.#methodEnd);
    if (method === "CONNECT") return refusals.connect;
    const target = fields.text.slice(this.#methodEnd + 1, this.#targetEnd);
    return requestHead(method, target, this.#minor, fields);
  }

  protected override told(refusal: Refusal): Refusal {
    return refusal;
  }

  #version(bytes: Buffer, from: number, end: number): number {
    for (let i = 0; i < name.length; i++) {
      if (from + i === end) return MORE;
      const byte = bytes[from + i] as number;
      if (byte !== name[i])
        return this.#refuse(lineFault(byte, i === majorAt ? versionFault(byte) : refusals.startLine));
    }
    const at = from + name.length;
    if (at === end) return MORE;
    const minor = (bytes[at] as number) - ZERO;
    if (minor !== 0 && minor !== 1) return this.#refuse(versionFault(minor + ZERO));
    if (at + 1 === end) return MORE;
    if (bytes[at + 1] !== CR) return this.#refuse(lineFault(bytes[at + 1] as number, refusals.startLine));
    if (at + 2 === end) return MORE;
    if (bytes[at + 2] !== LF) return this.#refuse(refusals.bareCr);
    this.#minor = minor;
    return at + 3;
  }

  #refuse(refusal: Refusal): number {
    this.fault = refusal;
    return REFUSED;
  }
}

function lineFault(byte: number, otherwise: Refusal): Refusal {
  if (byte === 0) return refusals.nul;
  return byte === LF ? refusals.bareLf : otherwise;
}

function versionFault(byte: number): Refusal {
  return byte >= ZERO && byte <= ZERO + 9 ? refusals.version : refusals.startLine;
}
