import { expect, test } from "vitest";
import { merged } from "./keep.ts";
import type { StoryRow } from "./row.ts";

const row = (story: string, commit: string) => ({ story, commit }) as StoryRow;

test("a run of a part replaces its own rows, in the order of the stories", () => {
  expect(merged([row("a", "old"), row("b", "old")], [row("b", "new")], ["b", "a"])).toEqual([
    row("b", "new"),
    row("a", "old"),
  ]);
});

test("rows of stories that are no more go", () => {
  expect(merged([row("gone", "old")], [row("a", "new")], ["a"])).toEqual([row("a", "new")]);
});
