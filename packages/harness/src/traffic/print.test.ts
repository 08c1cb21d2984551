import { expect, test } from "vitest";
import { trafficLines } from "./print.ts";
import { reportOf } from "./report.ts";

const answer = (sentMs: number, version: string) => ({
  sentMs,
  tookMs: 2,
  delayMs: 0,
  status: 200,
  version,
  failure: null,
});

test("a cutover reads as when it was and how long both versions answered", () => {
  expect(
    trafficLines(reportOf([answer(0, "1"), answer(500, "2"), answer(512, "1"), answer(998, "2")], 0)),
  ).toEqual([
    "4 requests in 1.00 s (4 a second): 4 answered in full, 0 failed",
    "latency: half within 2.0 ms, 99 % within 2.0 ms, longest 2.0 ms",
    "version 1: 2 answers",
    "version 2: 2 answers",
    "at 0.50 s from version 1 to 2, both for 12 ms",
  ]);
});

test("a failure is told by what was seen on its connection", () => {
  const failure = {
    kind: "short-body" as const,
    sentMs: 1_250,
    tookMs: 30,
    request: "GET /bytes",
    reused: true,
    detail: "connection closed, 45 bytes of the answer had come",
  };
  const lines = trafficLines(
    reportOf([{ sentMs: 1_250, tookMs: 30, delayMs: 0, status: null, version: null, failure }], 0),
  );
  expect(lines).toContain("short-body: 1");
  expect(lines).toContain(
    "  1.25 s GET /bytes (kept connection): short-body, connection closed, 45 bytes of the answer had come, after 30 ms",
  );
});
