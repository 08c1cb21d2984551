import { expect, test } from "vitest";
import { outputLines } from "./output-lines.ts";

function frame(stream: 1 | 2, text: string): Buffer {
  const bytes = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

async function read(pieces: Buffer[], kind: "framed" | "terminal" = "framed"): Promise<string[]> {
  async function* source() {
    yield* pieces;
  }
  const lines: string[] = [];
  for await (const { stream, text } of outputLines(source(), kind)) lines.push(`${stream}: ${text}`);
  return lines;
}

test("gives lines of both streams in the order they were written", async () => {
  expect(await read([frame(1, "a\nb\n"), frame(2, "oh\n"), frame(1, "c\n")])).toEqual([
    "stdout: a",
    "stdout: b",
    "stderr: oh",
    "stdout: c",
  ]);
});

test("gives the same lines wherever the bytes are cut", async () => {
  const whole = Buffer.concat([frame(1, "one ü two\nthr"), frame(2, "oh no\n"), frame(1, "ee\nend")]);
  const expected = ["stdout: one ü two", "stderr: oh no", "stdout: three", "stdout: end"];
  for (let cut = 0; cut <= whole.length; cut++)
    expect(await read([whole.subarray(0, cut), whole.subarray(cut)])).toEqual(expected);
});

test("gives a last line that does not end", async () => {
  expect(await read([frame(1, "no newline")])).toEqual(["stdout: no newline"]);
});

test("keeps empty lines", async () => {
  expect(await read([frame(1, "a\n\nb\n")])).toEqual(["stdout: a", "stdout: ", "stdout: b"]);
});

test("takes a terminal's output as it is, without its carriage returns", async () => {
  expect(await read([Buffer.from("a\r\nb\r\n")], "terminal")).toEqual(["stdout: a", "stdout: b"]);
});
