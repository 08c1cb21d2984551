import { expect, test } from "vitest";
import { commit } from "../../bench/lib/results.ts";
import { sandbox } from "../sandbox.ts";
import { keepRows } from "./record/keep.ts";
import { brokenRow, rowOf, type StoryRow, storyLine } from "./record/row.ts";
import { type Lived, runStory } from "./run/run-story.ts";
import { stories } from "./stories/all.ts";
import { matching } from "./stories/choose.ts";

const text = process.env["CUTOVER_PROOF_STORIES"];
const kept = text === undefined || process.env["CUTOVER_PROOF_KEEP"] === "1";
const at = commit();

test.each(matching(stories, text))("$group: $name", async (story) => {
  const tell = (row: StoryRow) => {
    // At once: a run that is interrupted shall not lose what it has seen.
    if (kept) keepRows([row]);
    process.stdout.write(`${storyLine(row)}\n`);
  };
  let lived: Lived;
  try {
    lived = await runStory(sandbox, story);
  } catch (error) {
    tell(brokenRow(story, error, at));
    // Whatever it left broken shall not break the next one.
    await sandbox.reset();
    throw error;
  }
  tell(rowOf(lived, at));
  expect(lived.problems, lived.told.ended.output.slice(-4_000)).toEqual([]);
});
