import { expect, test } from "vitest";
import { Turns } from "./turns.ts";

test("tasks run one after another, also after one that failed", async () => {
  const turns = new Turns();
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = turns.take(async () => {
    await gate.promise;
    order.push("first");
    throw new Error("no");
  });
  const second = turns.take(async () => order.push("second"));
  gate.resolve();
  await expect(first).rejects.toThrow("no");
  await second;
  expect(order).toEqual(["first", "second"]);
});
