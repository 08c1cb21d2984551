import { expect, test } from "vitest";
import { canonical, checksum, environmentChecksums } from "./checksum.ts";

test("a value is told from another, and from itself under another key", () => {
  expect(checksum("k", "a")).toBe(checksum("k", "a"));
  expect(checksum("k", "a")).not.toBe(checksum("k", "b"));
  expect(checksum("k", "a")).not.toBe(checksum("l", "a"));
  expect(checksum("k", "a", "b")).not.toBe(checksum("k", "ab"));
});

test("two variables with one value do not show that they are alike", () => {
  const { A, B } = environmentChecksums("k", { A: "same", B: "same" });
  expect(A).not.toBe(B);
  expect(A).toMatch(/^[0-9a-f]{32}$/);
});

test("data are the same text whatever order their keys were made in", () => {
  expect(canonical({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
});
