import { expect, test } from "vitest";
import type { Config } from "../config/config.ts";
import { inGroups, rolloutOf } from "./rollout.ts";

function atATime(limit: Config["boot"]["limit"], hosts: number): number | null {
  const boot = { strategy: "batches", limit, waitMs: 0, parallelRoles: false };
  const names = Array.from({ length: hosts }, (_, index) => `h${index}`);
  return rolloutOf({ boot, hosts: names, primaryRole: "web" } as unknown as Config).hostsAtATime;
}

test("a limit in hosts is taken as it is", () => {
  expect(atATime({ hosts: 3 }, 10)).toBe(3);
});

test("a percentage is rounded down", () => {
  expect(atATime({ percent: 25 }, 10)).toBe(2);
});

test("a percentage of few hosts is still one host", () => {
  expect(atATime({ percent: 10 }, 3)).toBe(1);
});

test("without a limit all hosts go together", () => {
  expect(atATime(null, 10)).toBeNull();
  expect(inGroups([1, 2, 3], null)).toEqual([[1, 2, 3]]);
});

test("the last group takes what is left", () => {
  expect(inGroups([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
});
