import { expect, test } from "vitest";
import { withoutAlias } from "./aliases.ts";

const verbs = new Set(["app", "deploy"]);
const aliases = new Map([
  ["console", ["app", "exec", "-i", "--reuse", "bin/rails console"]],
  ["staging-console", ["console", "-d", "staging"]],
  ["app", ["deploy"]],
  ["a", ["b"]],
  ["b", ["a"]],
]);

function expanded(...words: string[]): string[] {
  return withoutAlias(words, verbs, aliases, (given) => given.find((word) => !word.startsWith("-")));
}

test("an alias is what it stands for, and what is typed after it is added", () => {
  expect(expanded("console", "--sandbox")).toEqual([
    ...["app", "exec", "-i", "--reuse", "bin/rails console"],
    "--sandbox",
  ]);
});

test("options before an alias stay before it", () => {
  expect(expanded("-v", "console")).toEqual(["-v", "app", "exec", "-i", "--reuse", "bin/rails console"]);
});

test("an alias may stand for another", () => {
  expect(expanded("staging-console").slice(-2)).toEqual(["-d", "staging"]);
});

test("a verb is never an alias, and aliases that stand for each other end", () => {
  expect(expanded("app", "logs")).toEqual(["app", "logs"]);
  expect(expanded("a")).toEqual(["a"]);
});
