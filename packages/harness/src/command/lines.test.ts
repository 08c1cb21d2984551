import { expect, test } from "vitest";
import { LineSplitter } from "./lines.ts";

function linesOf(...pieces: string[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const piece of pieces) splitter.take(piece);
  splitter.end();
  return lines;
}

test("a line may arrive in pieces", () => {
  expect(linesOf("one ", "line\ntwo", "\n")).toEqual(["one line", "two"]);
});

test("an unfinished last line is a line", () => {
  expect(linesOf("one\ntwo")).toEqual(["one", "two"]);
});

test("empty lines are kept", () => {
  expect(linesOf("one\n\ntwo\r\n")).toEqual(["one", "", "two"]);
});
