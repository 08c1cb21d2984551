import { expect, test } from "vitest";
import { justAfter, sinceSeconds } from "./since.ts";

const now = Date.parse("2026-11-23T21:00:00Z");
const nowSeconds = now / 1000;

test.each([
  ["90s", nowSeconds - 90],
  ["10m", nowSeconds - 600],
  ["1h30m", nowSeconds - 5400],
  ["2d", nowSeconds - 172_800],
  ["2026-11-23T20:59:00Z", nowSeconds - 60],
  ["1700000000", 1_700_000_000],
])("reads %s", (text, expected) => {
  expect(sinceSeconds(text, now)).toBeCloseTo(expected, 3);
});

test.each(["yesterday", "10", "10x", "", "-5m"])("refuses %j in words", (text) => {
  expect(() => sinceSeconds(text, now)).toThrow("is no time");
});

test("goes on one nanosecond after a line, carrying over", () => {
  expect(justAfter("2023-11-14T22:13:20.999999999Z")).toBe("1700000001.000000000");
  expect(justAfter("2023-11-14T22:13:20.000000009Z")).toBe("1700000000.000000010");
});
