import { expect, test } from "vitest";
import { renewAt, retryAfterMs } from "./renewal.ts";

const day = 86_400_000;
const minute = 60_000;

test("renews at two thirds of the life", () => expect(renewAt({ from: 0, to: 90 * day }, 0)).toBe(60 * day));

test("renews earlier by up to a twentieth of the life", () =>
  expect(renewAt({ from: 0, to: 90 * day }, 0.999999)).toBeGreaterThan(55.4 * day));

test("takes a short life as it is", () => expect(renewAt({ from: day, to: 7 * day }, 0)).toBe(5 * day));

test("waits twice as long after each failure", () =>
  expect([1, 2, 3].map((failures) => retryAfterMs(failures, 0) / minute)).toEqual([5, 10, 20]));

test("never waits longer than six hours", () => expect(retryAfterMs(1000, 0) / minute).toBe(360));

test("waits less by up to a quarter", () => expect(retryAfterMs(1, 0.999999) / minute).toBeCloseTo(3.75, 2));
