import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { version } from "./version.ts";

test.each(["cli", "core", "proxy"])("the version told is the one in package.json of %s", (name) => {
  const file = new URL(`../../${name}/package.json`, import.meta.url);
  expect(JSON.parse(readFileSync(file, "utf8")).version).toBe(version);
});
