import { expect, test } from "vitest";
import { reportOf } from "../../traffic/report.ts";
import { tableLines } from "./table.ts";

test("stages stand under each other, with figures where there was traffic", () => {
  const answer = { sentMs: 0, tookMs: 12, delayMs: 0, status: 200, version: "1", failure: null };
  expect(
    tableLines([
      { name: "before", title: "Nothing deployed", ms: 20, checks: [], traffic: null },
      { name: "cutover", title: "Version 2", ms: 9_440, checks: [], traffic: reportOf([answer, answer], 0) },
    ]),
  ).toEqual([
    "stage              time  requests  failed    p50    p99  longest",
    "Nothing deployed  0.0 s",
    "Version 2         9.4 s         2       0  12 ms  12 ms    12 ms",
  ]);
});
