import { expect, test } from "vitest";
import { proveCrashes } from "./prove.ts";

test("killed while it writes, the proxy comes back with what was committed, and makes no change twice", async () => {
  const { crashes, violations } = await proveCrashes(4, 6);
  expect(violations).toEqual([]);
  expect(crashes).toBe(6);
}, 120_000);
