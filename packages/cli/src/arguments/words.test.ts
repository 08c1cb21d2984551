import { expect, test } from "vitest";
import { understood } from "./words.ts";

const options = new Set(["--skip-push", "--version", "--config-file"]);

function words(...typed: string[]): string[] {
  return understood(typed, options, (given) => given.find((word) => !word.startsWith("-")));
}

test("no verb means deploy", () => {
  expect(words()).toEqual(["deploy"]);
  expect(words("-P")).toEqual(["deploy", "-P"]);
});

test("a word is never taken for a deploy", () => {
  expect(words("rolback")).toEqual(["rolback"]);
});

test("underscores in our options become dashes, values are left alone", () => {
  expect(words("setup", "--skip_push", "--config_file=my_file.yml")).toEqual([
    "setup",
    "--skip-push",
    "--config-file=my_file.yml",
  ]);
});

test("options that are not ours keep their underscores", () => {
  expect(words("app", "exec", "run", "--their_option")).toEqual(["app", "exec", "run", "--their_option"]);
});

test("what follows two dashes is left as it is", () => {
  expect(words("app", "exec", "--", "x", "--skip_push", "-h")).toEqual([
    "app",
    "exec",
    "--",
    "x",
    "--skip_push",
    "-h",
  ]);
});

test("-h names hosts when it has a value and asks for help when it has none", () => {
  expect(words("details", "-h", "vm1")).toEqual(["details", "-h", "vm1"]);
  expect(words("details", "-h")).toEqual(["details", "--help"]);
  expect(words("-h")).toEqual(["--help"]);
});

test("--version alone asks for ours; with a value it names the app's", () => {
  expect(words("--version")).toEqual(["version"]);
  expect(words("--version", "v2")[0]).toBe("--version");
});

test("help and a verb asks for the verb's help, however deep", () => {
  expect(words("help")).toEqual(["--help"]);
  expect(words("help", "app", "exec")).toEqual(["app", "exec", "--help"]);
});
