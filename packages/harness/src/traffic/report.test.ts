import { expect, test } from "vitest";
import type { Failure } from "./failure.ts";
import { type Ended, reportOf } from "./report.ts";

const anAnswer = (with_: Partial<Ended> = {}): Ended => ({
  sentMs: 0,
  tookMs: 3,
  delayMs: 0,
  status: 200,
  version: "1",
  failure: null,
  ...with_,
});

const aFailure = (with_: Partial<Failure> = {}): Ended => {
  const failure: Failure = {
    kind: "reset-before-answer",
    sentMs: 10,
    tookMs: 4,
    request: "GET /",
    reused: true,
    detail: "connection reset before the first byte of an answer",
    ...with_,
  };
  return anAnswer({ sentMs: failure.sentMs, tookMs: failure.tookMs, status: null, version: null, failure });
};

test("every request is either answered or failed", () => {
  const report = reportOf([anAnswer(), anAnswer({ version: "2" }), aFailure()], 0);
  expect(report).toMatchObject({ sent: 3, answered: 2, failed: 1 });
  expect(report.byVersion).toEqual({ "1": 1, "2": 1 });
  expect(report.byFailure).toEqual({ "reset-before-answer": 1 });
});

test("a slow answer counts what it took beyond the delay that was asked for", () => {
  expect(reportOf([anAnswer({ tookMs: 504, delayMs: 500 })], 0).latencyMs).toEqual({
    p50: 4,
    p99: 4,
    max: 4,
  });
});

test("failures have no part in the latency", () => {
  expect(reportOf([aFailure()], 0).latencyMs).toBeNull();
});

test("a failed request that had a status counts under it", () => {
  expect(reportOf([{ ...aFailure({ kind: "status" }), status: 502 }], 0).byStatus).toEqual({ "502": 1 });
});

test("the traffic lasted until its last answer", () => {
  expect(reportOf([anAnswer({ sentMs: 100, tookMs: 900 }), anAnswer({ sentMs: 500 })], 0).lastedMs).toBe(
    1_000,
  );
});
