import { isBlank } from "./blanks.ts";

/**
 * The field lines of a head, in the order and casing in which they came. Nothing is copied until it
 * is asked for: a line is a range of `text`.
 */
export class Fields {
  /** The whole head, start line to empty line, one character a byte (latin1). */
  readonly text: string;
  readonly count: number;
  /** Where the empty line begins: the end of the last field line. */
  readonly end: number;
  /** Of each line three numbers, as a scanner marks them: one array costs a head less than three. */
  readonly #marks: readonly number[];

  /** @param marks of each line three numbers: where it begins and where its colon is in `text`, and which field it is */
  constructor(text: string, marks: readonly number[]) {
    this.text = text;
    this.#marks = marks;
    this.count = marks.length / 3;
    this.end = text.length - 2;
  }

  /** Where line `index` begins in `text`. */
  start(index: number): number {
    return this.#marks[index * 3] as number;
  }

  /** Where the colon of line `index` is in `text`. */
  colon(index: number): number {
    return this.#marks[index * 3 + 1] as number;
  }

  /** Which field line `index` is: a number of `known`. */
  id(index: number): number {
    return this.#marks[index * 3 + 2] as number;
  }

  /** Where line `index` ends, its CRLF included. */
  lineEnd(index: number): number {
    return index + 1 < this.count ? this.start(index + 1) : this.end;
  }

  /** A field's name as it was sent. */
  name(index: number): string {
    return this.text.slice(this.start(index), this.colon(index));
  }

  /** A field's value without the white space around it. */
  value(index: number): string {
    const { text } = this;
    let from = this.colon(index) + 1;
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
    const at = this.text.indexOf("\t", this.colon(index));
    return at >= 0 && at < this.lineEnd(index);
  }

  /** The first line of a field, a number of `known`; -1 when there is none. */
  find(id: number): number {
    for (let i = 0; i < this.count; i++) if (this.id(i) === id) return i;
    return -1;
  }

  /** The value of the only line of a field; several lines are one list (RFC 9110, 5.3). Null when there is none. */
  combined(id: number): string | null {
    let all: string | null = null;
    for (let i = 0; i < this.count; i++) {
      if (this.id(i) !== id) continue;
      all = all === null ? this.value(i) : `${all}, ${this.value(i)}`;
    }
    return all;
  }

  /** The first value of any field; `name` in lower case. Null when there is none. */
  get(name: string): string | null {
    for (let i = 0; i < this.count; i++) {
      const length = this.colon(i) - this.start(i);
      if (length === name.length && this.name(i).toLowerCase() === name) return this.value(i);
    }
    return null;
  }
}
