import { expect, test } from "vitest";
import { settleBounded } from "./bounded.ts";

test("never more are at work than allowed, and outcomes keep their order", async () => {
  let atWork = 0;
  let most = 0;
  const outcomes = await settleBounded([3, 1, 2], 2, async (item) => {
    most = Math.max(most, ++atWork);
    for (let turn = 0; turn < item; turn++) await Promise.resolve();
    atWork--;
    return item;
  });
  expect(most).toBe(2);
  expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : null))).toEqual([
    3, 1, 2,
  ]);
});

test("a failure stops none of the others", async () => {
  const outcomes = await settleBounded([1, 2], 1, async (item) => {
    if (item === 1) throw new Error("one");
    return item;
  });
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});
