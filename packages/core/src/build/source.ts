import { stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { DeployError } from "../errors/index.ts";
import type { GitState } from "../release/version.ts";
import { type CachePlace, clonesFolder } from "./cache-folder.ts";
import { claimFolder, firstClone, processIsAlive } from "./claim.ts";
import { cloneCommit, lastFetched } from "./git-clone.ts";

/** What is built, in a folder or behind a URL. */
export interface Source {
  /** Where the build is run, so that relative paths mean what they say; absolute. */
  folder: string;
  /** The context as Docker takes it. */
  context: string;
  /** For a warning: what was changed and is not committed, and whether it is in the build. */
  uncommitted: { paths: string[]; built: boolean };
  /** Lets the next build use the same folder. */
  release(): Promise<void>;
}

/** Where the source comes from. */
export interface SourceRequest {
  /** The project's folder; absolute. */
  cwd: string;
  git: GitState;
  /** `builder.context`. */
  context: string | null;
  /** `builder.dockerfile`. */
  dockerfile: string;
  place: CachePlace;
  signal: AbortSignal;
}

/**
 * Makes ready what is built: the configured context as it lies there, or a clean clone of the commit,
 * kept in the user's cache between builds.
 *
 * @throws DeployError BUILD_FAILED, when there is no Dockerfile in it among others; NOT_A_REPOSITORY
 */
export async function openSource(request: SourceRequest): Promise<Source> {
  const paths = request.git?.uncommitted ?? [];
  if (request.context !== null) {
    const context = isUrl(request.context) ? request.context : resolve(request.cwd, request.context);
    await checkSource(request);
    return {
      folder: request.cwd,
      context,
      uncommitted: { paths, built: !isUrl(context) },
      release: async () => undefined,
    };
  }
  return openClone(request, paths);
}

/**
 * Whether what would be built is the commit that was last cloned for a build here, well built or not. A folder is built
 * as it lies there, which is another thing each time.
 */
export async function wasBuiltLast({
  git,
  context,
  place,
}: Pick<SourceRequest, "git" | "context" | "place">): Promise<boolean> {
  if (git === null || context !== null) return false;
  return (await lastFetched(firstClone(clonesFolder(place, git.root)))) === git.commit;
}

/** What of a source can be seen to be missing without opening it. */
type SourceToCheck = Pick<SourceRequest, "cwd" | "git" | "context" | "dockerfile">;

/**
 * Refuses what cannot be built, as far as this folder shows it: what the commit holds is seen when it is opened.
 *
 * @throws DeployError BUILD_FAILED or NOT_A_REPOSITORY
 */
export async function checkSource({ cwd, git, context, dockerfile }: SourceToCheck): Promise<void> {
  if (context === null) {
    if (git === null) throw noCommit();
    const path = resolve(cwd, dockerfile);
    if (git.notInCommit.some((name) => isWithin(path, resolve(git.root, name))))
      throw notCommitted(dockerfile);
    // One that was deleted and is still in the commit is built.
    const changed = git.uncommitted.some((name) => resolve(git.root, name) === path);
    if (!changed) await mustHaveDockerfile(cwd, dockerfile, null);
  } else if (!isUrl(context)) {
    const folder = resolve(cwd, context);
    await mustExist(folder, "directory", `builder.context names ${context}, which is no folder`);
    await mustHaveDockerfile(cwd, dockerfile, null);
  }
}

function isWithin(path: string, around: string): boolean {
  return path === around || path.startsWith(`${around}/`);
}

function notCommitted(dockerfile: string): DeployError {
  return new DeployError("BUILD_FAILED", {
    cause: `${dockerfile} is not committed, and what is built is the commit`,
    hint: `git add ${dockerfile} && git commit, or builder.context: . to build the folder as it is`,
    state: "unchanged",
  });
}

/** Whether a context is one that Docker fetches by itself. */
export function isUrl(context: string): boolean {
  return /^(https?|git|ssh):\/\/|^git@/.test(context);
}

async function openClone(request: SourceRequest, paths: string[]): Promise<Source> {
  const { git, place, signal } = request;
  if (git === null) throw noCommit();
  const claim = await claimFolder(clonesFolder(place, git.root), process.pid, processIsAlive);
  if (claim === null)
    throw new DeployError("BUILD_FAILED", {
      cause: "too many builds of this project run on this machine",
      hint: "wait until one has ended",
      state: "unchanged",
    });
  try {
    await cloneCommit({ root: git.root, commit: git.commit, folder: claim.folder, env: place.env, signal });
    const folder = join(claim.folder, relative(git.root, request.cwd));
    await mustExist(folder, "directory", "this folder is not in the commit");
    await mustHaveDockerfile(folder, request.dockerfile, request.cwd);
    return { folder, context: folder, uncommitted: { paths, built: false }, release: claim.release };
  } catch (error) {
    await claim.release();
    throw error;
  }
}

function noCommit(): DeployError {
  return new DeployError("NOT_A_REPOSITORY", {
    cause: "what is built is the git commit, and this folder is in no git repository with a commit",
    hint: "git init && git add . && git commit -m 'First commit', or builder.context: . to build the folder as it is",
    state: "unchanged",
  });
}

/** @param tree where it may lie without being in what is built, as when git ignores it */
async function mustHaveDockerfile(folder: string, dockerfile: string, tree: string | null): Promise<void> {
  if (
    tree !== null &&
    !(await isFile(resolve(folder, dockerfile))) &&
    (await isFile(resolve(tree, dockerfile)))
  )
    throw notCommitted(dockerfile);
  const hint = "write one, or say under builder.dockerfile where it is, seen from the project's folder";
  await mustExist(resolve(folder, dockerfile), "file", `there is no ${dockerfile}`, hint);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function mustExist(
  path: string,
  kind: "file" | "directory",
  cause: string,
  hint?: string,
): Promise<void> {
  const facts = { cause, ...(hint ? { hint } : {}), state: "unchanged" } as const;
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const unreadable = error.code === "ENOENT" ? {} : { details: [error.message] };
    throw new DeployError("BUILD_FAILED", { ...facts, ...unreadable }, { cause: error });
  });
  if (kind === "file" ? found.isFile() : found.isDirectory()) return;
  throw new DeployError("BUILD_FAILED", facts);
}
