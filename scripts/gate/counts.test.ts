import { expect, test } from "vitest";
import { isSuccess, noCounts, oneFailed, onePassed, summaryLine, sumOf } from "./counts.ts";

test("the summary leaves skipped tests out when there are none", () => {
  expect(summaryLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
});

test("the summary names skipped tests when there are some", () => {
  expect(summaryLine({ passed: 12, failed: 3, skipped: 2 })).toBe("12 passed, 3 failed, 2 skipped");
});

test("stages add up", () => {
  expect(sumOf([onePassed, oneFailed, { passed: 4, failed: 1, skipped: 2 }])).toEqual({
    passed: 5,
    failed: 2,
    skipped: 2,
  });
});

test("one failure fails the run", () => {
  expect(isSuccess({ passed: 100, failed: 1, skipped: 0 })).toBe(false);
});

test("a run in which nothing ran is no success", () => {
  expect(isSuccess(noCounts)).toBe(false);
  expect(isSuccess({ passed: 0, failed: 0, skipped: 9 })).toBe(false);
});
