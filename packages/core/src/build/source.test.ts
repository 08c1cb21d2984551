import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkSource, openSource, type SourceRequest, wasBuiltLast } from "./source.ts";

const env = {
  PATH: process.env["PATH"],
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "A",
  GIT_COMMITTER_EMAIL: "a@example.com",
};

let home: string;
let root: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "source-test-"));
  root = join(home, "app");
  await mkdir(join(root, "web"), { recursive: true });
});
afterEach(() => rm(home, { recursive: true }));

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: root, env, encoding: "utf8" }).trim();
}

async function aCommitWith(...paths: string[]): Promise<string> {
  git("init", "-q");
  for (const path of paths) await writeFile(join(root, path), "FROM scratch");
  git("add", ".");
  git("commit", "-qm", "first");
  return git("rev-parse", "HEAD");
}

function open(changes: Partial<SourceRequest>) {
  const signal = new AbortController().signal;
  const place = { env, home };
  return openSource({
    cwd: root,
    git: null,
    context: null,
    dockerfile: "Dockerfile",
    place,
    signal,
    ...changes,
  });
}

test("knows which commit was built last, and that a folder is another thing each time", async () => {
  const git = { commit: await aCommitWith("Dockerfile"), root, uncommitted: [], notInCommit: [] };
  const last = (changes: object) => wasBuiltLast({ git, context: null, place: { env, home }, ...changes });
  expect(await last({})).toBe(false);
  await open({ git });
  expect(await last({})).toBe(true);
  expect(await last({ git: { ...git, commit: "0".repeat(40) } })).toBe(false);
  expect(await last({ context: "." })).toBe(false);
});

test("builds in the clone's folder that corresponds to the project's", async () => {
  const commit = await aCommitWith("web/Dockerfile");
  const source = await open({
    cwd: join(root, "web"),
    git: { commit, root, uncommitted: [], notInCommit: [] },
  });
  expect(source.folder).toMatch(/\.cache\/cutover\/source\/app-[0-9a-f]{13}\/1\/web$/);
  expect(existsSync(join(source.folder, "Dockerfile"))).toBe(true);
});

test("builds a configured context as it lies there", async () => {
  await writeFile(join(root, "Dockerfile"), "FROM scratch");
  const source = await open({ context: "web" });
  expect(source).toMatchObject({ folder: root, context: join(root, "web") });
});

test("leaves a context behind a URL to Docker", async () => {
  const url = "https://example.com/app.git";
  expect(await open({ context: url })).toMatchObject({ context: url, uncommitted: { built: false } });
});

test("says that the Dockerfile was not committed, where git ignores it too", async () => {
  const commit = await aCommitWith("README");
  await writeFile(join(root, "Dockerfile"), "FROM scratch");
  await expect(open({ git: { commit, root, uncommitted: [], notInCommit: [] } })).rejects.toMatchObject({
    code: "BUILD_FAILED",
    facts: { cause: "Dockerfile is not committed, and what is built is the commit" },
  });
});

test("says that there is no Dockerfile", async () => {
  await expect(open({ context: "." })).rejects.toMatchObject({ facts: { cause: "there is no Dockerfile" } });
});

test("says that a configured context is no folder", async () => {
  await expect(open({ context: "wbe" })).rejects.toMatchObject({
    facts: { cause: "builder.context names wbe, which is no folder" },
  });
});

test("lets the next build have the folder after a failure", async () => {
  const commit = await aCommitWith("README");
  const state = { commit, root, uncommitted: [], notInCommit: [] };
  await expect(open({ git: state })).rejects.toMatchObject({ code: "BUILD_FAILED" });
  await expect(open({ git: state, dockerfile: "README" })).resolves.toMatchObject({
    folder: expect.stringMatching(/\/1$/),
  });
});

test("asks for a repository where a commit is to be built", async () => {
  await expect(open({})).rejects.toMatchObject({ code: "NOT_A_REPOSITORY" });
});

test("a Dockerfile that is nowhere is found before anything is opened, a deleted one of the commit is not missed", async () => {
  const commit = await aCommitWith("README");
  const source = { cwd: root, context: null, dockerfile: "Dockerfile" };
  await expect(
    checkSource({ ...source, git: { commit, root, uncommitted: [], notInCommit: [] } }),
  ).rejects.toMatchObject({
    code: "BUILD_FAILED",
    facts: { cause: "there is no Dockerfile" },
  });
  await checkSource({ ...source, git: { commit, root, uncommitted: ["Dockerfile"], notInCommit: [] } });
  await expect(checkSource({ ...source, git: null })).rejects.toMatchObject({ code: "NOT_A_REPOSITORY" });
});

test.each([
  ["Dockerfile", "Dockerfile"],
  ["docker/web/Dockerfile", "docker/"],
])(
  "a Dockerfile that the commit lacks is found before anything is opened: %s",
  async (dockerfile, untracked) => {
    const git = { commit: "c", root, uncommitted: [untracked], notInCommit: [untracked] };
    await expect(checkSource({ cwd: root, context: null, dockerfile, git })).rejects.toMatchObject({
      code: "BUILD_FAILED",
      facts: { cause: `${dockerfile} is not committed, and what is built is the commit` },
    });
  },
);

test("a folder to build that is not there is found before anything is opened", async () => {
  const source = { cwd: root, git: null, context: "gone", dockerfile: "Dockerfile" };
  await expect(checkSource(source)).rejects.toMatchObject({
    code: "BUILD_FAILED",
    facts: { cause: "builder.context names gone, which is no folder" },
  });
});
