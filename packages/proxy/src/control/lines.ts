/**
 * Cuts a stream of bytes into lines. A line longer than the limit is refused rather than kept in
 * memory.
 */
export class LineReader {
  readonly #onLine: (line: string) => void;
  readonly #onTooLong: () => void;
  readonly #limit: number;
  #parts: Buffer[] = [];
  #kept = 0;

  /** @param limit longest line, in bytes */
  constructor(limit: number, onLine: (line: string) => void, onTooLong: () => void) {
    this.#limit = limit;
    this.#onLine = onLine;
    this.#onTooLong = onTooLong;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      this.#keep(chunk.subarray(start, end));
      start = end + 1;
      const line = Buffer.concat(this.#parts).toString("utf8");
      this.#parts = [];
      this.#kept = 0;
      this.#onLine(line);
    }
    this.#keep(chunk.subarray(start));
  }

  #keep(part: Buffer): void {
    this.#kept += part.length;
    if (this.#kept > this.#limit) this.#onTooLong();
    else if (part.length > 0) this.#parts.push(part);
  }
}
