import { expect, test } from "vitest";
import { timelineOf } from "./timeline.ts";

test("requests fall into tenths of a second by when they were sent", () => {
  const timeline = timelineOf([
    { sentMs: 99, version: "1" },
    { sentMs: 100, version: "1" },
    { sentMs: 150, version: "2" },
  ]);
  expect(timeline).toEqual([
    { atMs: 0, answers: { "1": 1 }, failed: 0 },
    { atMs: 100, answers: { "1": 1, "2": 1 }, failed: 0 },
  ]);
});

test("failures are counted beside the answers", () => {
  expect(timelineOf([{ sentMs: 5, version: null }])).toEqual([{ atMs: 0, answers: {}, failed: 1 }]);
});

test("a tenth of a second in which nothing was sent is an empty bucket", () => {
  expect(timelineOf([{ sentMs: 210, version: "1" }])[1]).toEqual({ atMs: 100, answers: {}, failed: 0 });
});
