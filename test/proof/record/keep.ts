import { readRows, writeResults } from "../../../bench/lib/results.ts";
import { stories } from "../stories/all.ts";
import type { StoryRow } from "./row.ts";

const NAME = "proof-deploy";

/** Keeps a run's rows: of a part of the stories, beside those of the others as they were kept last. */
export function keepRows(fresh: readonly StoryRow[]): void {
  writeResults(
    NAME,
    merged(
      readRows(NAME) as StoryRow[],
      fresh,
      stories.map(({ name }) => name),
    ),
  );
}

/** @param order the stories that there are; rows of others go */
export function merged(
  kept: readonly StoryRow[],
  fresh: readonly StoryRow[],
  order: readonly string[],
): StoryRow[] {
  const rows = new Map([...kept, ...fresh].map((row) => [row.story, row]));
  return order.flatMap((name) => rows.get(name) ?? []);
}
