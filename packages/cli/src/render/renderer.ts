import type { DeployEvent } from "@cutover/core";

/** Tells somebody what happens. Made once for each command; the last thing it hears is `close`. */
export interface Renderer {
  /** Told each event as it happens. */
  event(event: DeployEvent): void;
  /**
   * Told what the command came to.
   *
   * @param result plain data, for machines
   * @param lines the same for a person
   */
  result(command: string, result: unknown, lines: string[]): void;
  /** A remark of the command line itself, such as the answer to Ctrl-C. */
  remark(line: string): void;
  /** Makes room on the terminal for a question; what it returns goes on drawing. */
  pause(): () => void;
  /** Leaves the terminal as it was found. It may be called more than once. */
  close(): void;
}

/** The pause of a renderer that draws over nothing. */
export const nothingToPause = () => () => {};

/** Where text goes. */
export interface Sink {
  write(text: string): unknown;
}

/** Writes whole lines. */
export function writeLines(sink: Sink, lines: readonly string[]): void {
  if (lines.length > 0) sink.write(`${lines.join("\n")}\n`);
}
