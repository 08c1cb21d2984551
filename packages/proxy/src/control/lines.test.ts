import { expect, test, vi } from "vitest";
import { LineReader } from "./lines.ts";

test("lines are the same however the bytes are split", () => {
  const bytes = Buffer.from("eins\nzwei ü\n\ndrei");
  for (let at = 0; at <= bytes.length; at += 1) {
    const lines: string[] = [];
    const reader = new LineReader(100, (line) => lines.push(line), vi.fn());
    reader.push(bytes.subarray(0, at));
    reader.push(bytes.subarray(at));
    expect(lines).toEqual(["eins", "zwei ü", ""]);
  }
});

test("a line over the limit is refused before it is whole", () => {
  const tooLong = vi.fn();
  const reader = new LineReader(10, vi.fn(), tooLong);
  reader.push(Buffer.from("12345"));
  expect(tooLong).not.toHaveBeenCalled();
  reader.push(Buffer.from("678901"));
  expect(tooLong).toHaveBeenCalled();
});
