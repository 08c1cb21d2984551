import { expect, test } from "vitest";
import { runStory } from "./proof/run/run-story.ts";
import { stories } from "./proof/stories/all.ts";
import { sampled } from "./proof/stories/choose.ts";
import { sandbox } from "./sandbox.ts";

const HOW_MANY = 2;
const DAY_MS = 86_400_000;

/** Others each day, the same all day long: a run that failed can be run again. All of them: `pnpm proof:deploy`. */
const seed = Number(process.env["CUTOVER_FAULTS_SEED"] ?? Math.floor(Date.now() / DAY_MS));

test.each(sampled(stories, seed, HOW_MANY))(`bad luck of seed ${seed}: $name`, async (story) => {
  const { problems, told } = await runStory(sandbox, story);
  expect(problems, told.ended.output.slice(-4_000)).toEqual([]);
});
