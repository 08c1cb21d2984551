import { verbs } from "@cutover/core/config/verbs";
import { expect, test } from "vitest";
import { program } from "./program.ts";
import type { Surroundings } from "./surroundings.ts";

test("every verb is one that the configuration knows, so that an alias that hides behind it is told", () => {
  // No command is run, so nothing more of what is around is asked for.
  const { commands } = program(async () => undefined, { stdin: {}, stderr: {} } as Surroundings);
  expect(["help", ...commands.map((command) => command.name())].toSorted()).toEqual([...verbs].toSorted());
});
