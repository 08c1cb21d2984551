import { EventEmitter } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aCommandLine } from "./command-line.fixture.ts";

test("an unknown word is refused with the nearest verb, and is never a deploy", async () => {
  const { exitCode, stderr, stdout } = await aCommandLine("rolback");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("rolback");
  expect(stderr).toContain("Did you mean rollback?");
  expect(stdout).toBe("");
});

test("an unknown word below a verb is refused with the nearest one too", async () => {
  const { exitCode, stderr } = await aCommandLine("app", "lgos");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Did you mean logs?");
});

test.each([
  ["lock", "status, acquire, release"],
  ["app", "logs, exec"],
  ["proxy", "details, boot, reboot"],
])("%s alone is told what can follow it", async (verb, choices) => {
  const { exitCode, stderr } = await aCommandLine(verb);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(choices);
  expect(stderr).toContain(`deploy ${verb} --help`);
});

test("what is wrong with a verb's words points to that verb's help", async () => {
  expect((await aCommandLine("lock", "acquire")).stderr).toContain("deploy lock acquire --help");
  expect((await aCommandLine("rollback", "--to")).stderr).toContain("deploy rollback --help");
  expect((await aCommandLine("-d")).stderr).toContain("deploy --help");
  expect((await aCommandLine("prune", "all-of-it")).stderr).toContain("Allowed choices are all");
});

test("help for help is the program's own", async () => {
  const { exitCode, stdout, stderr } = await aCommandLine("help", "help");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("Usage: deploy [verb]");
  expect(stderr).toBe("");
});

test.each([
  ["help", "rolback"],
  ["rolback", "--help"],
])("help for a word that is no verb (deploy %s %s) is refused", async (...words) => {
  const { exitCode, stderr, stdout } = await aCommandLine(...words);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Did you mean rollback?");
  expect(stdout).toBe("");
});

test("a word after an option of deploy is refused, and is never a deploy", async () => {
  const { exitCode, stderr } = await aCommandLine("-P", "rolback");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("rolback");
});

test("an unknown option is refused with the nearest one", async () => {
  const { exitCode, stderr } = await aCommandLine("setup", "--skip-pusch");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("--skip-push");
});

test("an alias of the configuration is the line it stands for, with what was typed after it", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "cutover-aliases-"));
  await mkdir(join(cwd, "config"));
  // Nothing else has to be right with the file: an alias may choose another one.
  await writeFile(
    join(cwd, "config/deploy.yml"),
    "aliases:\n  tool: version --color=never\n  help: details\n",
  );
  const { exitCode, stdout } = await aCommandLine.with({ cwd })("tool", "--json");
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ type: "result", command: "version" });
  const mistyped = await aCommandLine.with({ cwd })("tol");
  expect(mistyped.exitCode).toBe(2);
  expect(mistyped.stderr).toContain("Did you mean tool?");
  expect((await aCommandLine.with({ cwd })("help")).stdout).toContain("Usage: deploy");
  await rm(cwd, { recursive: true });
});

test("what a configuration is warned of is told with its place and its key", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "cutover-warnings-"));
  await mkdir(join(cwd, "config"));
  const text = "service: one\nimage: a/b\nservers: [192.0.2.1]\nregistry: none\nservice: two\n";
  await writeFile(join(cwd, "config/deploy.yml"), text);
  const { stderr } = await aCommandLine.with({ cwd })("config");
  expect(stderr).toContain(
    "config/deploy.yml:5:1 service: written twice, here and in line 1; this one counts",
  );
  await rm(cwd, { recursive: true });
});

test("a verb that is for every host refuses to choose among them", async () => {
  const { exitCode, stderr } = await aCommandLine("version", "-h", "vm1");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("--hosts");
});

test.each([
  [["app", "logs", "-n", "few"], "whole number"],
  [["app", "exec", "-e", "NAME", "env"], "NAME=value"],
  [["details", "-h", ","], "names nothing"],
  [["details", "--color", "pink"], "auto, always, never"],
  [["lock", "acquire", "-m", " "], "in some words why"],
  [["trust"], "required argument 'host'"],
])("%s is refused with what was expected", async (words, expected) => {
  const { exitCode, stderr } = await aCommandLine(...words);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(expected);
});

test.each([["version"], ["--version"]])("deploy %s tells the version", async (word) => {
  const { exitCode, stdout } = await aCommandLine(word);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("a refusal is one line of JSON on standard output with --json, and nothing else is written", async () => {
  const { stdout, stderr } = await aCommandLine("rolback", "--json");
  expect(JSON.parse(stdout)).toMatchObject({ type: "error", error: { code: "USAGE", exitCode: 2 } });
  expect(stderr).toBe("");
});

test("a result is one line of JSON with --json", async () => {
  const { stdout } = await aCommandLine("version", "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    type: "result",
    command: "version",
    result: expect.any(String),
  });
});

test.each([[["--help"]], [["-h"]], [["help"]]])("help is shown for %s and exits with 0", async (words) => {
  const { exitCode, stdout } = await aCommandLine(...words);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("Usage: deploy [verb] [options]");
});

test.each([[["rollback", "--help"]], [["rollback", "-h"]], [["help", "rollback"]]])(
  "a verb's own help is shown for %s",
  async (words) => {
    const { exitCode, stdout } = await aCommandLine(...words);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Usage: deploy rollback [options] [version]");
  },
);

test("no listener for signals is left when a command has ended", async () => {
  const signals = new EventEmitter();
  await aCommandLine.with({ signals })("version");
  expect(signals.eventNames()).toEqual([]);
});

test("a word that may be an alias in a file that cannot be read is told as such", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "cutover-aliases-"));
  await mkdir(join(cwd, "config"));
  await writeFile(join(cwd, "config/deploy.yml"), "aliases:\n  logz: app logs\nbroken: [\n");
  const { exitCode, stderr } = await aCommandLine.with({ cwd })("logz");
  await rm(cwd, { recursive: true });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("aliases could not be read");
  expect(stderr).toContain("deploy config");
});
