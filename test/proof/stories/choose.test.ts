import { expect, test } from "vitest";
import { stories } from "./all.ts";
import { matching, sampled } from "./choose.ts";

test("every story has a name of its own", () => {
  expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length);
});

test("a text chooses by group and by name, whatever its case", () => {
  expect(new Set(matching(stories, "CLIENT KILLED").map(({ group }) => group))).toEqual(
    new Set(["client killed"]),
  );
  expect(matching(stories, "client killed as boot").map(({ name }) => name)).toEqual([
    "client killed as boot begins",
  ]);
  expect(matching(stories, "as boot begins | as retire begins").length).toBeGreaterThan(10);
  expect(matching(stories, undefined)).toHaveLength(stories.length);
});

test("a sample is of quick stories of different groups, and the same for the same seed", () => {
  const chosen = sampled(stories, 7, 3);
  expect(chosen).toEqual(sampled(stories, 7, 3));
  expect(chosen.every(({ quick }) => quick)).toBe(true);
  expect(new Set(chosen.map(({ group }) => group)).size).toBe(3);
});

test("other seeds come to other stories", () => {
  const names = [1, 2, 3, 4, 5].map((seed) =>
    sampled(stories, seed, 3)
      .map(({ name }) => name)
      .join(),
  );
  expect(new Set(names).size).toBeGreaterThan(1);
});
