import type { Frame } from "./live.ts";
import type { Sink } from "./renderer.ts";

const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";
const toLineStart = "\r";
const clearBelow = "\u001b[J";
const up = (lines: number) => (lines === 0 ? "" : `\u001b[${lines}A`);

/** The part of a terminal that is drawn over: what is final is written once, the block below it anew each time. */
export class Screen {
  readonly #out: Sink;
  #doneLines = 0;
  #block: readonly string[] = [];
  #cursorHidden = false;

  constructor(out: Sink) {
    this.#out = out;
  }

  /** Shows a frame. Nothing is written when it looks like the last one. */
  draw(frame: Frame): void {
    const fresh = frame.done.slice(this.#doneLines);
    if (fresh.length === 0 && sameLines(frame.block, this.#block)) return;
    const lines = [...fresh, ...frame.block];
    const cursor = this.#cursorHidden ? "" : hideCursor;
    this.#cursorHidden = true;
    this.#out.write(`${cursor}${this.#overBlock()}${lines.map((line) => `${line}\n`).join("")}`);
    this.#doneLines += fresh.length;
    this.#block = frame.block;
  }

  /** Writes lines where the block was; the next frame is drawn below them. */
  write(lines: readonly string[]): void {
    this.#out.write(`${this.#overBlock()}${lines.map((line) => `${line}\n`).join("")}`);
    this.#block = [];
  }

  /** Takes the block away and gives the cursor back. */
  close(): void {
    if (!this.#cursorHidden) return;
    this.#out.write(this.#overBlock() + showCursor);
    this.#block = [];
    this.#cursorHidden = false;
  }

  #overBlock(): string {
    return this.#block.length === 0 ? "" : up(this.#block.length) + toLineStart + clearBelow;
  }
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
