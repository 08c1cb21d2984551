import { expect, test } from "vitest";
import { proveCutover } from "./prove.ts";

test("whatever is switched, paused or killed under load, every request is answered once by who may", async () => {
  const { violations, operations } = await proveCutover(3, 12);
  expect(violations).toEqual([]);
  expect(Object.values(operations).reduce((sum, times) => sum + times)).toBe(12);
}, 120_000);
