import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { cloneCommit } from "./git-clone.ts";

const env = {
  PATH: process.env["PATH"],
  HOME: "/nonexistent",
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "A",
  GIT_COMMITTER_EMAIL: "a@example.com",
  // Git refuses submodules from a folder of this machine unless told otherwise.
  GIT_CONFIG_COUNT: "1",
  GIT_CONFIG_KEY_0: "protocol.file.allow",
  GIT_CONFIG_VALUE_0: "always",
};

/** A repository with two commits, of which each test gets a copy: git takes longer to start than to work. */
let template: string;
let first: string;
let home: string;
let root: string;
let folder: string;
beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), "clone-test-template-"));
  git(template, "init", "-q", "--template=");
  root = template;
  await commit("same", "x");
  first = await commit("a", "1");
});
afterAll(() => rm(template, { recursive: true }));
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "clone-test-"));
  root = join(home, "app");
  folder = join(home, "clone");
  await cp(template, root, { recursive: true });
});
afterEach(() => rm(home, { recursive: true }));

function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd, env, encoding: "utf8" }).trim();
}

async function commit(path: string, text: string): Promise<string> {
  await writeFile(join(root, path), text);
  git(root, "add", path);
  git(root, "commit", "-qm", text);
  return git(root, "rev-parse", "HEAD");
}

const clone = (revision: string, changes: object = {}) =>
  cloneCommit({
    root,
    commit: revision,
    folder,
    env: { ...env, ...changes },
    signal: new AbortController().signal,
  });

test("has the commit's files and none that are not committed", async () => {
  await writeFile(join(root, "a"), "changed");
  await writeFile(join(root, "untracked"), "");
  await clone(first);
  expect(await readFile(join(folder, "a"), "utf8")).toBe("1");
  expect(existsSync(join(folder, "untracked"))).toBe(false);
});

test("moves to the next commit and leaves files that are the same untouched", async () => {
  await clone(first);
  const before = (await stat(join(folder, "same"))).ino;
  await clone(await commit("a", "2"));
  expect(await readFile(join(folder, "a"), "utf8")).toBe("2");
  expect((await stat(join(folder, "same"))).ino).toBe(before);
});

test("removes what a build left in it, ignored files too", async () => {
  const revision = await commit(".gitignore", "junk");
  await clone(revision);
  await writeFile(join(folder, "junk"), "");
  await clone(revision);
  expect(existsSync(join(folder, "junk"))).toBe(false);
});

test("makes a clone anew that is broken", async () => {
  await clone(first);
  await rm(join(folder, ".git/objects"), { recursive: true });
  await clone(first);
  expect(git(folder, "rev-parse", "HEAD")).toBe(first);
});

test("follows a history that was rewritten", async () => {
  await clone(first);
  git(root, "commit", "-q", "--amend", "-m", "other");
  const rewritten = git(root, "rev-parse", "HEAD");
  await clone(rewritten);
  expect(git(folder, "rev-parse", "HEAD")).toBe(rewritten);
});

test("brings submodules along", async () => {
  git(home, "init", "-q", "part");
  await writeFile(join(home, "part/inside"), "submodule");
  git(join(home, "part"), "add", "inside");
  git(join(home, "part"), "commit", "-qm", "part");
  git(root, "submodule", "--quiet", "add", join(home, "part"), "part");
  git(root, "commit", "-qm", "with part");
  await clone(git(root, "rev-parse", "HEAD"));
  expect(await readFile(join(folder, "part/inside"), "utf8")).toBe("submodule");
});

test("is not led astray by the variables that git sets for its hooks", async () => {
  await clone(first, { GIT_DIR: join(root, ".git"), GIT_WORK_TREE: root });
  expect(git(folder, "rev-parse", "HEAD")).toBe(first);
});

test("says what git said, and leaves nothing behind, where the commit is not there", async () => {
  await expect(clone("0".repeat(40))).rejects.toMatchObject({ code: "BUILD_FAILED" });
  expect(existsSync(folder)).toBe(false);
});
