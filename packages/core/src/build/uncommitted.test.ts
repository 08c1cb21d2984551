import { expect, test } from "vitest";
import type { DeployEvent } from "../events/event.ts";
import { warnOfUncommitted } from "./uncommitted.ts";

function told(paths: string[], built: boolean): string[] {
  const events: DeployEvent[] = [];
  const clock = { now: () => 0, monotonic: () => 0 };
  warnOfUncommitted({ events: (event) => events.push(event), clock }, { paths, built });
  return events.flatMap((event) => (event.type === "warning" ? [event.message] : []));
}

test("changes that are left out of a build are told, the first by name", () => {
  expect(told(["server.mjs", "a", "b"], false)).toEqual([
    "uncommitted changes are not in the build: server.mjs and 2 more",
  ]);
});

test("changes that get into a build are told too", () => {
  expect(told(["server.mjs"], true)).toEqual(["uncommitted changes are in the build: server.mjs"]);
});

test("where everything is committed nothing is said", () => {
  expect(told([], false)).toEqual([]);
});
