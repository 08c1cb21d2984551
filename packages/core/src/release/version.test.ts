import { expect, test } from "vitest";
import { chooseVersion, shortVersion, type VersionSources } from "./version.ts";

const COMMIT = "3f2a1c0000000000000000000000000000000000";

function sources(over: Partial<VersionSources> = {}): VersionSources {
  return {
    flag: null,
    env: {},
    git: { commit: COMMIT, root: "/app", uncommitted: [], notInCommit: [] },
    builtFolder: null,
    dockerfile: "/app/Dockerfile",
    random: { hex: (bytes) => "ab".repeat(bytes) },
    ...over,
  };
}

const dirty = { commit: COMMIT, root: "/app", uncommitted: ["server.js"], notInCommit: [] };

test("the version is the commit", () => {
  expect(chooseVersion(sources())).toBe(COMMIT);
});

test("the flag goes before the environment, and ours before Kamal's", () => {
  const env = { DEPLOY_VERSION: "ours", KAMAL_VERSION: "theirs" };
  expect(chooseVersion(sources({ env, flag: "flag" }))).toBe("flag");
  expect(chooseVersion(sources({ env }))).toBe("ours");
  expect(chooseVersion(sources({ env: { KAMAL_VERSION: "theirs", VERSION: "old" } }))).toBe("theirs");
  expect(chooseVersion(sources({ env: { DEPLOY_VERSION: "", VERSION: "old" } }))).toBe("old");
});

test("what is built with uncommitted changes gets a version of its own", () => {
  expect(chooseVersion(sources({ git: dirty, builtFolder: "/app" }))).toBe(
    `${COMMIT}_uncommitted_abababababababab`,
  );
});

test.each([
  ["docs/page.md", "/app/web", COMMIT],
  ["webx/server.js", "/app/web", COMMIT],
  ["web/server.js", "/app/web", `${COMMIT}_uncommitted_abababababababab`],
  ["Dockerfile", "/app/web", `${COMMIT}_uncommitted_abababababababab`],
  // A folder that git does not know at all.
  ["web/", "/app/web/public", `${COMMIT}_uncommitted_abababababababab`],
])("a change in %s where %s is built: %s", (path, builtFolder, version) => {
  const git = { commit: COMMIT, root: "/app", uncommitted: [path], notInCommit: [] };
  expect(chooseVersion(sources({ git, builtFolder }))).toBe(version);
});

test("uncommitted changes that are not built do not matter", () => {
  expect(chooseVersion(sources({ git: dirty }))).toBe(COMMIT);
});

test("without git and without a name there is no version", () => {
  expect(() => chooseVersion(sources({ git: null }))).toThrow("no git repository");
});

test("a version that no tag can have is refused", () => {
  expect(() => chooseVersion(sources({ flag: "a b" }))).toThrow('"a b" cannot be a version');
});

test("commits are shortened for people, other versions are not", () => {
  expect(shortVersion(COMMIT)).toBe("3f2a1c0");
  expect(shortVersion("2026.11")).toBe("2026.11");
});
