import { expect, test } from "vitest";
import { aDeploy } from "./events.fixture.ts";
import { leftBehind } from "./left-behind.ts";
import { after, nothingYet } from "./progress.ts";

test("a command ended where it stands names what was complete and what was under way", () => {
  const progress = aDeploy().slice(0, -1).reduce(after, nothingYet);
  expect(leftBehind(progress)).toEqual([
    "Ended at once; what was under way was neither finished nor undone.",
    "Complete: Build and push.",
    "Under way:",
    "  vm2: pull the image",
    "See what serves now: deploy details",
  ]);
});

test("a command ended before it began says so", () => {
  expect(leftBehind(nothingYet)[1]).toBe("No phase was complete.");
});
