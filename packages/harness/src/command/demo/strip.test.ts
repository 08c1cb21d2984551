import { expect, test } from "vitest";
import { stripOf } from "./strip.ts";

const bucket = (index: number, answers: Record<string, number>, failed = 0) => ({
  atMs: index * 100,
  answers,
  failed,
});

test("each mark is the version that answered then", () => {
  const strip = stripOf([bucket(0, { "1": 20 }), bucket(1, { "1": 3, "2": 17 }), bucket(2, { "2": 20 })], 80);
  expect(strip).toEqual({
    marks: [{ kind: "version", version: "1" }, { kind: "mixed" }, { kind: "version", version: "2" }],
    markMs: 100,
  });
});

test("a failure is never hidden by the answers beside it", () => {
  expect(stripOf([bucket(0, { "1": 200 }, 1)], 80).marks).toEqual([{ kind: "failed" }]);
});

test("a moment in which nothing was sent is a gap", () => {
  expect(stripOf([bucket(0, {})], 80).marks).toEqual([{ kind: "none" }]);
});

test("a long timeline is drawn in coarser marks, so that it fits", () => {
  const timeline = Array.from({ length: 101 }, (_, index) => bucket(index, { "1": 1 }));
  const strip = stripOf(timeline, 40);
  expect(strip.marks.length).toBeLessThanOrEqual(40);
  expect(strip.markMs).toBe(300);
});
