import { expect, test } from "vitest";
import { dueAfter, dueAt } from "./pace.ts";

test("the first request is due at once", () => {
  expect(dueAfter(0, 200)).toBe(1);
});

test("two hundred a second is one each 5 ms", () => {
  expect(dueAfter(4.9, 200)).toBe(1);
  expect(dueAfter(5, 200)).toBe(2);
  expect(dueAfter(1_000, 200)).toBe(201);
});

test("a request is due exactly when it is counted as due", () => {
  expect(dueAt(40, 200)).toBe(200);
  expect(dueAfter(dueAt(40, 200), 200)).toBe(41);
});
