import { StringDecoder } from "node:string_decoder";
import { type Frame, FrameReader } from "./frames.ts";

/** A line that a program in a container wrote. */
export interface OutputLine {
  stream: "stdout" | "stderr";
  text: string;
}

/**
 * The lines of a container's output as they come, to its end.
 *
 * @param kind `framed` without a terminal, `terminal` with one, whose output is one stream
 */
export async function* outputLines(
  source: AsyncIterable<Buffer>,
  kind: "framed" | "terminal",
): AsyncGenerator<OutputLine> {
  const frames = new FrameReader();
  const streams = { stdout: new LineSplitter(), stderr: new LineSplitter() };
  for await (const piece of source) {
    const parts: Frame[] = kind === "framed" ? frames.push(piece) : [{ stream: "stdout", bytes: piece }];
    for (const { stream, bytes } of parts)
      for (const text of streams[stream].push(bytes)) yield { stream, text };
  }
  for (const stream of ["stdout", "stderr"] as const)
    for (const text of streams[stream].end()) yield { stream, text };
}

/** Bytes to lines, whatever pieces they come in. */
class LineSplitter {
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";

  push(bytes: Buffer): string[] {
    const lines = (this.#rest + this.#decoder.write(bytes)).split("\n");
    this.#rest = lines.pop() ?? "";
    return lines.map(withoutReturn);
  }

  end(): string[] {
    const rest = this.#rest + this.#decoder.end();
    return rest === "" ? [] : [withoutReturn(rest)];
  }
}

/** Terminals end lines with both. */
function withoutReturn(line: string): string {
  return line.replace(/\r$/, "");
}
