import { expect, test } from "vitest";
import { runStory } from "./proof/run/run-story.ts";
import { stories } from "./proof/stories/all.ts";
import { sampled } from "./proof/stories/choose.ts";
import { sandbox } from "./sandbox.ts";

const HOW_MANY = 2;

/** The same ones in every run, so that a run tells of a change and not of the day. All of them: `pnpm proof:deploy`. */
const seed = Number(process.env["CUTOVER_FAULTS_SEED"] ?? 4);

test.each(sampled(stories, seed, HOW_MANY))(`bad luck of seed ${seed}: $name`, async (story) => {
  const { problems, told } = await runStory(sandbox, story);
  expect(problems, told.ended.output.slice(-4_000)).toEqual([]);
});
