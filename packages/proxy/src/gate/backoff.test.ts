import { expect, test } from "vitest";
import { pauseAfter } from "./backoff.ts";

test("the first pause is 50 ms, and pauses grow", () => {
  const pauses = [1, 2, 3, 4].map((probes) => pauseAfter(probes, 1_000));
  expect(pauses).toEqual([50, 75, 113, 169]);
});

test("no pause is longer than the interval", () => {
  expect(pauseAfter(50, 1_000)).toBe(1_000);
  expect(pauseAfter(1, 20)).toBe(20);
});
