import { expect, test } from "vitest";
import { Screen } from "./screen.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is read
const escapesAndText = /\u001b\[(\d+)A|\u001b\[J|\u001b\[\?25[lh]|\r|\n|[^\u001b\r\n]+/g;

/** What a terminal of endless height shows after what was written to it. Knows only what a screen sends. */
function shown(written: string): string[] {
  const lines = [""];
  let row = 0;
  for (const [part, rows] of written.matchAll(escapesAndText)) {
    if (rows !== undefined) row -= Number(rows);
    else if (part === "\u001b[J") lines.splice(row, lines.length, "");
    else if (part === "\n") {
      row += 1;
      lines[row] ??= "";
    } else if (!part.startsWith("\u001b") && part !== "\r") lines[row] = part;
  }
  return lines.slice(0, -1);
}

function aScreen() {
  let written = "";
  const screen = new Screen({ write: (text) => (written += text) });
  return { screen, shown: () => shown(written), written: () => written };
}

test("the block is drawn over itself and what is done stays above it", () => {
  const { screen, shown } = aScreen();
  screen.draw({ done: [], block: ["building 1", "step"] });
  screen.draw({ done: [], block: ["building 2"] });
  screen.draw({ done: ["built"], block: ["pulling"] });
  expect(shown()).toEqual(["built", "pulling"]);
});

test("an unchanged frame writes nothing", () => {
  const { screen, written } = aScreen();
  screen.draw({ done: ["a"], block: ["b"] });
  const before = written();
  screen.draw({ done: ["a"], block: ["b"] });
  expect(written()).toBe(before);
});

test("lines written in between stand above the next block", () => {
  const { screen, shown } = aScreen();
  screen.draw({ done: [], block: ["working"] });
  screen.write(["interrupted"]);
  screen.draw({ done: [], block: ["undoing"] });
  expect(shown()).toEqual(["interrupted", "undoing"]);
});

test("closing takes the block away and gives the cursor back", () => {
  const { screen, shown, written } = aScreen();
  screen.draw({ done: ["done"], block: ["working"] });
  screen.close();
  expect(shown()).toEqual(["done"]);
  expect(written().endsWith("\u001b[?25h")).toBe(true);
});
