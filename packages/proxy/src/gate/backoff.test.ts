import { expect, test } from "vitest";
import { pauseAfter } from "./backoff.ts";

test("the first pause is 25 ms, and pauses grow", () => {
  const pauses = [1, 2, 3, 4].map((probes) => pauseAfter(probes, 1_000));
  expect(pauses).toEqual([25, 29, 33, 38]);
});

test("a container is found within a fifth of the time it took to start", () => {
  let at = 0;
  for (let probes = 1; at < 3_000; probes += 1) {
    const pause = pauseAfter(probes, 1_000);
    expect(pause).toBeLessThanOrEqual(25 + at / 5);
    at += pause;
  }
});

test("no pause is longer than the interval", () => {
  expect(pauseAfter(50, 1_000)).toBe(1_000);
  expect(pauseAfter(1, 20)).toBe(20);
});
