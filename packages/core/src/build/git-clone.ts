import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { DeployError } from "../errors/index.ts";
import { type ProgramEnd, runProgram } from "./program.ts";

/** A commit to have in a folder. */
export interface CloneRequest {
  /** The user's repository. */
  root: string;
  commit: string;
  /** Where the clone is, or will be. */
  folder: string;
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
}

/**
 * Brings a clone to a commit, with its submodules and nothing else in it. A clone that exists is
 * moved, which leaves files that are the same as they are, so that Docker sends only the others. One
 * that cannot be moved is made anew.
 *
 * @throws DeployError BUILD_FAILED with what git said
 */
export async function cloneCommit(request: CloneRequest): Promise<void> {
  if (await exists(join(request.folder, ".git"))) {
    if ((await checkOut(request)) === null) return;
  }
  await rm(request.folder, { recursive: true, force: true });
  await mkdir(request.folder, { recursive: true });
  const problem = (await git(request, "init", "--quiet")) ?? (await checkOut(request));
  if (problem === null) return;
  await rm(request.folder, { recursive: true, force: true });
  throw new DeployError("BUILD_FAILED", {
    cause: "the commit could not be cloned for the build",
    hint: "name a folder under builder.context to build that as it lies there",
    details: problem,
    state: "unchanged",
  });
}

/** The commit that a clone was last moved to; null where there is none that can be read. */
export async function lastFetched(folder: string): Promise<string | null> {
  const text = await readFile(join(folder, ".git", "FETCH_HEAD"), "utf8").catch(() => "");
  return /^[0-9a-f]{40,64}/.exec(text)?.[0] ?? null;
}

/** @returns what git said where it failed, else null */
async function checkOut(request: CloneRequest): Promise<string[] | null> {
  const { root, commit, folder } = request;
  return (
    (await git(request, "fetch", "--quiet", "--no-tags", "--update-shallow", root, "HEAD")) ??
    (await git(request, "reset", "--quiet", "--hard", commit)) ??
    (await git(request, "clean", "--quiet", "-ffdx")) ??
    ((await exists(join(folder, ".gitmodules"))) ? await submodules(request) : null)
  );
}

async function submodules(request: CloneRequest): Promise<string[] | null> {
  return (
    (await git(request, "config", "remote.origin.url", request.root)) ??
    (await git(request, "submodule", "--quiet", "sync", "--recursive")) ??
    (await git(request, "submodule", "--quiet", "update", "--init", "--recursive", "--force"))
  );
}

async function git(request: CloneRequest, ...args: string[]): Promise<string[] | null> {
  const end: ProgramEnd | null = await runProgram({
    program: "git",
    // The user's own hooks are for the user's own checkouts.
    args: ["-c", "core.hooksPath=/dev/null", "-C", request.folder, ...args],
    cwd: request.root,
    env: withoutGitPlaces(request.env),
    signal: request.signal,
  });
  if (end === null) return ["there is no git on this machine's PATH"];
  return end.exitCode === 0 ? null : [...end.stdout, ...end.stderr];
}

/** Inside a git hook these say which repository is meant, and would send us to the user's own. */
function withoutGitPlaces(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const places = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !places.includes(name)));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
