// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are values of users' files, not templates
import { expect, test } from "vitest";
import { parseVariables, withHostVariables } from "./host-variables.ts";

const variables = new Map([
  ["REGION", "eu"],
  ["EMPTY", ""],
]);

test.each([
  ["${REGION}-1", "eu-1"],
  ["${MISSING}", ""],
  ["${MISSING:-us}", "us"],
  ["${EMPTY:-us}", "us"],
  ["$REGION $(date) `date`", "$REGION $(date) `date`"],
])("%s becomes %s", (value, expected) => {
  expect(withHostVariables(value, variables)).toBe(expected);
});

test("a host's variables may hold newlines and equal signs", () => {
  expect(parseVariables("A=1\0B=x=y\nz\0")).toEqual(
    new Map([
      ["A", "1"],
      ["B", "x=y\nz"],
    ]),
  );
});
