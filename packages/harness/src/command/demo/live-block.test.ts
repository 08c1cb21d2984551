import { expect, test } from "vitest";
import { cutTo, LiveBlock } from "./live-block.ts";

const up = "\x1b[1A\x1b[2K";

function aTerminal(columns = 80) {
  const written: string[] = [];
  return { columns, written, write: (text: string) => void written.push(text) };
}

test("a block is drawn over the one before", () => {
  const terminal = aTerminal();
  const block = new LiveBlock(terminal);
  block.show(["one", "two"]);
  block.show(["three"]);
  expect(terminal.written).toEqual(["one\ntwo\n", `${up}${up}three\n`]);
});

test("lines that stay take the block's place", () => {
  const terminal = aTerminal();
  const block = new LiveBlock(terminal);
  block.show(["live"]);
  block.print(["stays"]);
  block.show(["live"]);
  expect(terminal.written).toEqual(["live\n", `${up}stays\n`, "live\n"]);
});

test("a line of the block never wraps", () => {
  const terminal = aTerminal(5);
  new LiveBlock(terminal).show(["longer than five"]);
  expect(terminal.written).toEqual(["long\n"]);
});

test("colours take no room and are closed again", () => {
  expect(cutTo("\x1b[31mabcdef\x1b[39m", 3)).toBe("\x1b[31mabc\x1b[39m");
});
