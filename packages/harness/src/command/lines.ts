/** Makes whole lines out of output that arrives in pieces. */
export class LineSplitter {
  private rest = "";
  private readonly give: (line: string) => void;

  /** `give` takes each line, without its end. */
  constructor(give: (line: string) => void) {
    this.give = give;
  }

  take(piece: string): void {
    const lines = (this.rest + piece).split(/\r?\n/);
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.give(line);
  }

  /** What came after the last line end is a line too. */
  end(): void {
    if (this.rest !== "") this.give(this.rest);
    this.rest = "";
  }
}
