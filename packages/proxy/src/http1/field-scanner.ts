import { COLON, CR, fieldByte, HTAB, LF, SP, tokenLower } from "./bytes.ts";
import { fieldNamed } from "./known-fields.ts";
import { type Refusal, refusals } from "./refusal.ts";

/** What a scan says beside an offset: the bytes end before the section does. */
export const MORE = -1;
/** What a scan says beside an offset: see `refused`. */
export const REFUSED = -2;

/**
 * Checks the field lines of a head and marks where they are. It can be stopped at any byte: a line
 * that is not complete is read again from its start, so the work for bytes that trickle in is
 * bounded by the length of a line.
 */
export class FieldScanner {
  /** Of each line three numbers: where it begins, where its colon is, and which field it is. */
  marks: number[] = [];
  refused: Refusal | null = null;
  /** Where to go on after {@link MORE}: the start of the first line that was not complete. */
  resumeAt = 0;
  readonly #maxFields: number;

  constructor(maxFields: number) {
    this.#maxFields = maxFields;
  }

  /** Forgets the marks of the last head; they stay with whoever took them. */
  reset(): void {
    this.marks = [];
  }

  /**
   * @param at where a field line, or the empty line, begins
   * @param origin where the head begins: marks are relative to it
   * @returns the offset after the empty line, {@link MORE} or {@link REFUSED}
   */
  scan(bytes: Uint8Array, from: number, end: number, origin: number): number {
    const { marks } = this;
    const mostMarks = this.#maxFields * 3;
    let at = from;
    for (;;) {
      this.resumeAt = at;
      let hash = 0;
      let p = at;
      while (p < end) {
        const lower = tokenLower[bytes[p] as number] as number;
        if (lower === 0) break;
        hash = (hash * 31 + lower) | 0;
        p++;
      }
      if (p === end) return MORE;
      if (p === at && bytes[p] === CR) {
        if (p + 1 === end) return MORE;
        return bytes[p + 1] === LF ? p + 2 : this.#refuse(refusals.bareCr);
      }
      if (p === at || bytes[p] !== COLON) return this.#refuse(nameFault(bytes[p] as number, p === at));
      const colon = p++;
      while (p < end && fieldByte[bytes[p] as number] === 1) p++;
      if (p === end) return MORE;
      if (bytes[p] !== CR) return this.#refuse(valueFault(bytes[p] as number));
      if (p + 1 === end) return MORE;
      if (bytes[p + 1] !== LF) return this.#refuse(refusals.bareCr);
      if (marks.length === mostMarks) return this.#refuse(refusals.tooManyFields);
      marks.push(at - origin, colon - origin, fieldNamed(bytes, at, colon, hash));
      at = p + 2;
    }
  }

  #refuse(refusal: Refusal): number {
    this.refused = refusal;
    return REFUSED;
  }
}

function nameFault(byte: number, first: boolean): Refusal {
  if (byte === 0) return refusals.nul;
  if (byte === LF) return refusals.bareLf;
  if (byte === SP || byte === HTAB) return first ? refusals.foldedField : refusals.spaceBeforeColon;
  return refusals.fieldName;
}

function valueFault(byte: number): Refusal {
  if (byte === 0) return refusals.nul;
  return byte === LF ? refusals.bareLf : refusals.fieldValue;
}
