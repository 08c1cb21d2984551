import picocolors from "picocolors";
import { expect, test } from "vitest";
import { type Ended, reportOf } from "../../traffic/report.ts";
import type { DemoEvent } from "./event.ts";
import { linesRenderer } from "./render-lines.ts";

function printed(...events: DemoEvent[]): string[] {
  const lines: string[] = [];
  const sink = linesRenderer((line) => lines.push(line), picocolors.createColors(false));
  for (const event of events) sink(event);
  return lines;
}

const answer = (sentMs: number, version: string): Ended => ({
  sentMs,
  tookMs: 2,
  delayMs: 0,
  status: 200,
  version,
  failure: null,
});

test("a stage begins with its number and title", () => {
  expect(printed({ type: "stage.started", name: "setup", title: "deploy setup: version 1" })).toEqual([
    "",
    "3  deploy setup: version 1",
  ]);
});

test("a part is told once, when it is healthy", () => {
  expect(
    printed(
      { type: "part", part: "registry", state: "starting", ms: 0 },
      { type: "part", part: "registry", state: "healthy", ms: 1_240 },
    ),
  ).toEqual(["   registry      1.2 s"]);
});

test("the switch is visible in the versions seen", () => {
  const report = reportOf(
    [answer(0, "1"), answer(110, "1"), answer(210, "1"), answer(260, "2"), answer(310, "2")],
    0,
  );
  expect(printed({ type: "traffic.report", report })).toEqual([
    "   11/2",
    "   each mark 0.1 s: the version that answered what was sent then",
    "   at 0.26 s version 2 took over from version 1",
  ]);
});

test("a promise that did not hold stands out without colours", () => {
  expect(printed({ type: "check", text: "it exits with 1", held: false })).toEqual(["   ✘ it exits with 1"]);
});

test("the end is a table of the stages and a verdict", () => {
  const summary: DemoEvent = {
    type: "summary",
    ok: true,
    before: 502,
    after: 200,
    requests: 10,
    failed: 0,
    brokenExit: 60,
    p50Ms: 1,
    p99Ms: 2,
    maxMs: 3,
    stages: [],
  };
  const ended: DemoEvent = {
    type: "stage.ended",
    name: "before",
    title: "Nothing is deployed",
    ok: true,
    ms: 40,
    checks: [],
    traffic: null,
  };
  expect(printed(ended, summary).slice(1)).toEqual([
    "",
    "stage                 time  requests  failed  p50  p99  longest",
    "Nothing is deployed  0.0 s",
    "",
    "Every promise held: 502 → 200, 10 requests, 0 failed.",
  ]);
});
