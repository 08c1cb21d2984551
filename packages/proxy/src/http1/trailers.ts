import { FieldScanner, MORE, REFUSED } from "./field-scanner.ts";
import { Fields } from "./fields.ts";
import { type KnownName, known, knownCount } from "./known-fields.ts";
import { chunkLimits } from "./limits.ts";
import { PartialHead } from "./partial-head.ts";
import { type Refusal, refusals } from "./refusal.ts";

/**
 * Fields that must not be trailers (RFC 9110, 6.5.1): they frame, route, authenticate or say how the
 * content is to be read, and a receiver that merges trailers would take them for the head's.
 */
const forbidden = new Uint8Array(knownCount);
const allowed: readonly KnownName[] = [
  "other",
  "server",
  "via",
  "date",
  "accept",
  "strict-transport-security",
];
for (const field of Object.values(known)) forbidden[field] = 1;
for (const name of allowed) forbidden[known[name]] = 0;

/** Checks the trailer section that ends a chunked body, in pieces of any size. */
export class Trailers {
  refused: Refusal | null = null;
  readonly #scanner = new FieldScanner(chunkLimits.trailerFields);
  readonly #kept = new PartialHead();
  #checked = 0;
  /** Of the whole section, its empty line included. */
  #length = 0;

  /** The section's fields, once it is complete. */
  get fields(): Fields {
    return new Fields(this.#kept.bytes.toString("latin1", 0, this.#length), this.#scanner.marks);
  }

  /** @returns the offset after the section's empty line, MORE, or REFUSED */
  scan(bytes: Buffer, start: number, end: number): number {
    const before = this.#kept.length;
    this.#kept.append(bytes, start, end, chunkLimits.trailers);
    const at = this.#scanner.scan(this.#kept.bytes, this.#scanner.resumeAt, this.#kept.length, 0);
    const { marks } = this.#scanner;
    for (; this.#checked * 3 < marks.length; this.#checked++) {
      if (forbidden[marks[this.#checked * 3 + 2] as number] === 1)
        return this.#refuse(refusals.trailerForbidden);
    }
    if (at === REFUSED) return this.#refuse(this.#scanner.refused ?? refusals.fieldName);
    if (at !== MORE) {
      this.#length = at;
      return start + at - before;
    }
    return this.#kept.length === chunkLimits.trailers ? this.#refuse(refusals.trailersTooLarge) : MORE;
  }

  #refuse(refusal: Refusal): number {
    this.refused = refusal;
    return REFUSED;
  }
}
