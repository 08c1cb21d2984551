import { expect, test } from "vitest";
import { proveCutover } from "./prove.ts";

test("whatever is switched, paused or killed under load, every request is answered once by who may", async () => {
  const { violations, operations } = await proveCutover(5, 8);
  expect(violations).toEqual([]);
  expect(Object.values(operations).reduce((sum, times) => sum + times)).toBe(8);
}, 120_000);
