import { expect, test } from "vitest";
import { slowestFiles } from "./slowest.ts";

const file = (path: string, ms: number, tests = 1) => ({ path, ms, tests });

test("the slowest file comes first, with its share of the whole", () => {
  expect(slowestFiles([file("a.test.ts", 1000), file("b.test.ts", 3000, 7)], 5000)).toEqual([
    "2 files took 4.0 s of 5.0 s; the slowest:",
    "   3.0 s  75%  b.test.ts (7 tests)",
    "   1.0 s  25%  a.test.ts (1 test)",
  ]);
});

test("a run over its budget says so", () => {
  expect(slowestFiles([file("a.test.ts", 9000)], 5000)[0]).toBe(
    "1 files took 9.0 s over the budget of 5.0 s; the slowest:",
  );
});

test("files that take little are left out", () => {
  const files = Array.from({ length: 40 }, (_, index) => file(`${index}.test.ts`, index));
  expect(slowestFiles(files, 5000)).toHaveLength(13);
});
