import { expect, test } from "vitest";
import { type Asked, decide, type Split } from "./split.ts";

const split = (percent: number, changes: Partial<Split> = {}): Split => ({
  candidate: "r2",
  percent,
  cookie: "cutover-split",
  allow: [],
  ...changes,
});
const asked = (headers: Record<string, string> = {}): Asked => ({ header: (name) => headers[name] ?? null });
const withPlace = (place: number) => asked({ cookie: `a=b; cutover-split=${place}` });

test("a client without a place gets one, and goes where it leads", () => {
  expect(decide(split(10), asked(), () => 0.05)).toEqual({ toCandidate: true, newPlace: 500 });
  expect(decide(split(10), asked(), () => 0.5)).toEqual({ toCandidate: false, newPlace: 5_000 });
});

test("a client with a place stays where it is", () =>
  expect(decide(split(10), withPlace(999), () => 0.99)).toEqual({ toCandidate: true, newPlace: null }));

test("another percentage moves only those in between", () => {
  const moved = [0, 499, 500, 999, 1_000, 9_999].filter(
    (place) =>
      decide(split(5), withPlace(place), Math.random).toCandidate !==
      decide(split(10), withPlace(place), Math.random).toCandidate,
  );
  expect(moved).toEqual([500, 999]);
});

test("0 percent is nobody and 100 everybody", () => {
  expect(decide(split(0), asked(), () => 0).toCandidate).toBe(false);
  expect(decide(split(100), asked(), () => 0.99999).toCandidate).toBe(true);
});

test.each<[Record<string, string>, boolean]>([
  [{ "x-team": "red" }, true],
  [{ "x-team": "blue" }, false],
  [{ cookie: "beta=yes" }, true],
  [{ cookie: "beta=no; other=yes" }, false],
])("the allow list decides for %j: %s", (headers, toCandidate) => {
  const allow = [
    { kind: "header" as const, name: "x-team", values: ["red"] },
    { kind: "cookie" as const, name: "beta", values: ["yes"] },
  ];
  expect(decide(split(0, { allow }), asked(headers), () => 0.5).toCandidate).toBe(toCandidate);
});

test("a cookie that is no place is replaced", () =>
  expect(decide(split(10), asked({ cookie: "cutover-split=x" }), () => 0).newPlace).toBe(0));
