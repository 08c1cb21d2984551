import { expect, test } from "vitest";
import { ageOf, versionIn } from "./proxy-age.ts";

test.each([
  ["0.1.0", "0.1.0", "same"],
  ["0.1.0", "0.2.0", "older"],
  ["0.9.0", "0.10.0", "older"],
  ["1.0.0", "0.10.9", "newer"],
  ["0.2.0-rc.1", "0.2.0", "older"],
  ["dev", "0.2.0", "unknown"],
  [null, "0.2.0", "unknown"],
])("%s is to %s: %s", (theirs, ours, age) => {
  expect(ageOf(theirs, ours)).toBe(age);
});

test("an image's version is its tag, also where the registry has a port", () => {
  expect(versionIn("cutover-proxy:0.1.0")).toBe("0.1.0");
  expect(versionIn("registry.test:5000/cutover-proxy:0.1.0")).toBe("0.1.0");
});
