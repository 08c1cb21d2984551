import { expect, test } from "vitest";
import { latencyOf } from "./latency.ts";

test("percentiles are latencies that some request had", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(latencyOf(hundred)).toEqual({ p50: 50, p99: 99, max: 100 });
});

test("a single answer is every percentile", () => {
  expect(latencyOf([7])).toEqual({ p50: 7, p99: 7, max: 7 });
});

test("without answers there is no latency", () => {
  expect(latencyOf([])).toBeNull();
});
