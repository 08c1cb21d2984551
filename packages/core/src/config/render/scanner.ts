/** Reads a text from left to right by sticky patterns. */
export class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** What has not been read yet. */
  get rest(): string {
    return this.#text.slice(this.#at);
  }

  /** Takes what the pattern matches after any blanks and line ends; null, and nothing is taken, where it does not. */
  take(pattern: RegExp): string | null {
    return this.#taken(/\s*/y, pattern);
  }

  /** Like {@link take}, on the same line. */
  takeOnLine(pattern: RegExp): string | null {
    return this.#taken(/[ \t]*/y, pattern);
  }

  /** Whether {@link takeOnLine} would take something. */
  sees(pattern: RegExp): boolean {
    const from = this.#at;
    const found = this.takeOnLine(pattern);
    this.#at = from;
    return found !== null;
  }

  /** Goes back to where it was if `read` gives null. */
  attempt<T>(read: () => T | null): T | null {
    const from = this.#at;
    const found = read();
    if (found === null) this.#at = from;
    return found;
  }

  /** Goes over what the pattern matches. */
  skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    this.#at += pattern.exec(this.#text)?.[0].length ?? 0;
  }

  /** Takes that many characters. */
  advance(length: number): string {
    const taken = this.#text.slice(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  #taken(blank: RegExp, pattern: RegExp): string | null {
    return this.attempt(() => {
      this.skip(blank);
      pattern.lastIndex = this.#at;
      const [found] = pattern.exec(this.#text) ?? [];
      this.#at += found?.length ?? 0;
      return found ?? null;
    });
  }
}
