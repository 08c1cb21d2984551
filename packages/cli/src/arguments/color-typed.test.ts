import { expect, test } from "vitest";
import { colorTyped } from "./color-typed.ts";

test.each([
  [["bogus"], "auto"],
  [["bogus", "--color"], "always"],
  [["--color", "bogus"], "always"],
  [["--color", "never", "bogus"], "never"],
  [["--color=always", "bogus"], "always"],
  [["--color=purple", "bogus"], "auto"],
  [["--color", "--no-color"], "never"],
])("%j wants colours: %s", (typed, choice) => {
  expect(colorTyped(typed)).toBe(choice);
});
