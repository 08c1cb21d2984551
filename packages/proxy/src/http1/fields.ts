import { HTAB, SP } from "./bytes.ts";

/**
 * The field lines of a head, in the order and casing in which they came. Nothing is copied until it
 * is asked for: a line is a range of `text`.
 */
export class Fields {
  /** The whole head, start line to empty line, one character a byte (latin1). */
  readonly text: string;
  /** Where each field line begins in `text`. */
  readonly starts: readonly number[];
  /** Where the colon of each field line is in `text`. */
  readonly colons: readonly number[];
  /** What each field is: a number of `known`. */
  readonly ids: readonly number[];
  /** Where the empty line begins: the end of the last field line. */
  readonly end: number;

  constructor(text: string, starts: number[], colons: number[], ids: number[]) {
    this.text = text;
    this.starts = starts;
    this.colons = colons;
    this.ids = ids;
    this.end = text.length - 2;
  }

  get count(): number {
    return this.ids.length;
  }

  /** Where line `index` ends, its CRLF included. */
  lineEnd(index: number): number {
    return index + 1 < this.starts.length ? (this.starts[index + 1] as number) : this.end;
  }

  /** A field's name as it was sent. */
  name(index: number): string {
    return this.text.slice(this.starts[index], this.colons[index]);
  }

  /** A field's value without the white space around it. */
  value(index: number): string {
    const { text } = this;
    let from = (this.colons[index] as number) + 1;
    let to = this.lineEnd(index) - 2;
    while (from < to && isBlank(text.charCodeAt(from))) from++;
    while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
    return text.slice(from, to);
  }

  /**
   * Whether a tab stands in or around a field's value. It may; but software disagrees on whether it
   * belongs to the value, so a field that frames or routes must not have one.
   */
  hasTab(index: number): boolean {
    const at = this.text.indexOf("\t", this.colons[index]);
    return at >= 0 && at < this.lineEnd(index);
  }

  /** The first line of a field, a number of `known`; -1 when there is none. */
  find(id: number): number {
    return this.ids.indexOf(id);
  }

  /** The value of the only line of a field; several lines are one list (RFC 9110, 5.3). Null when there is none. */
  combined(id: number): string | null {
    let all: string | null = null;
    for (let i = 0; i < this.ids.length; i++) {
      if (this.ids[i] !== id) continue;
      all = all === null ? this.value(i) : `${all}, ${this.value(i)}`;
    }
    return all;
  }

  /** The first value of any field; `name` in lower case. Null when there is none. */
  get(name: string): string | null {
    for (let i = 0; i < this.ids.length; i++) {
      const length = (this.colons[i] as number) - (this.starts[i] as number);
      if (length === name.length && this.name(i).toLowerCase() === name) return this.value(i);
    }
    return null;
  }
}

function isBlank(code: number): boolean {
  return code === SP || code === HTAB;
}
