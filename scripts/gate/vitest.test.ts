import { expect, test } from "vitest";
import { countsOf, type VitestReport } from "./vitest.ts";

const aReport = (with_: Partial<VitestReport> = {}): VitestReport => ({
  success: true,
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  ...with_,
});

test("tests count as vitest counted them", () => {
  const report = aReport({ success: false, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 });
  expect(countsOf(report, false)).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test("a test file that does not load is a failure although no test of it failed", () => {
  expect(countsOf(aReport({ success: false }), false)).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

test("a run that ends badly after its tests passed is a failure", () => {
  expect(countsOf(aReport(), false)).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

test("a run that wrote no report is a failure", () => {
  expect(countsOf(null, true)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
