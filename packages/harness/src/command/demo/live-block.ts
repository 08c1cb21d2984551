/** What is needed of a terminal. */
export interface Terminal {
  write(text: string): void;
  readonly columns: number;
}

const UP_AND_CLEAR = "\x1b[1A\x1b[2K";

/**
 * A few lines at the bottom of a terminal that are drawn again and again, under lines that stay.
 * Lines of the block are cut at the terminal's width: a wrapped one could not be taken back.
 */
export class LiveBlock {
  private readonly terminal: Terminal;
  private drawn = 0;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  /** Replaces the block. An empty one takes it away. */
  show(lines: readonly string[]): void {
    const cut = lines.map((line) => cutTo(line, this.terminal.columns - 1));
    this.terminal.write(UP_AND_CLEAR.repeat(this.drawn) + cut.map((line) => `${line}\n`).join(""));
    this.drawn = cut.length;
  }

  /** Prints lines that stay, above the block, which must be shown again. */
  print(lines: readonly string[]): void {
    this.terminal.write(UP_AND_CLEAR.repeat(this.drawn) + lines.map((line) => `${line}\n`).join(""));
    this.drawn = 0;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences begin with a control character
const COLOUR_OR_CHARACTER = /\x1b\[[0-9;]*m|./gu;

/** Cuts at a number of visible characters; colour sequences take no room and are all kept. */
export function cutTo(line: string, width: number): string {
  let room = width;
  return line.replace(COLOUR_OR_CHARACTER, (piece) => {
    if (piece.startsWith("\x1b")) return piece;
    room -= 1;
    return room >= 0 ? piece : "";
  });
}
