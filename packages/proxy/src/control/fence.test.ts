import { expect, test } from "vitest";
import { checkFence } from "./fence.ts";

test("a number as high as the highest, or higher, is let through and kept", () => {
  const fences = new Map([["app", 5]]);
  checkFence(fences, "app", 5);
  checkFence(fences, "app", 6);
  expect(fences.get("app")).toBe(6);
});

test("an older number is refused", () => {
  const fences = new Map([["app", 5]]);
  expect(() => checkFence(fences, "app", 4)).toThrow(expect.objectContaining({ code: "stale-fence" }));
  expect(fences.get("app")).toBe(5);
});

test("another service's numbers don't matter", () => {
  const fences = new Map([["app", 5]]);
  expect(() => checkFence(fences, "blog", 1)).not.toThrow();
});

test("a change without a number is let through", () =>
  expect(() => checkFence(new Map([["app", 5]]), "app", undefined)).not.toThrow());

test.each(["5", -1, 1.5])("%j is no fencing number", (fence) =>
  expect(() => checkFence(new Map(), "app", fence)).toThrow(expect.objectContaining({ field: "fence" })),
);
