import { posix } from "node:path";
import type { Random } from "../commands/context.ts";
import { DeployError } from "../errors/index.ts";

/** What git says of a folder; null where it is no repository. */
export type GitState = {
  /** The commit that is checked out, in full. */
  commit: string;
  /** The repository's folder; an absolute path. */
  root: string;
  /** Paths with changes that are not committed, untracked ones too. */
  uncommitted: string[];
  /** Those of them that the commit lacks; of an untracked folder only its name, with `/` at its end. */
  notInCommit: string[];
} | null;

/** Everything a version can come from. */
export interface VersionSources {
  /** `--version`. */
  flag: string | null;
  env: Readonly<Record<string, string | undefined>>;
  git: GitState;
  /** The folder that is built as it lies there, uncommitted changes and all; null: a commit is built. */
  builtFolder: string | null;
  /** The Dockerfile, which may lie beside that folder. Both are absolute paths. */
  dockerfile: string;
  random: Random;
}

/** What Docker takes as a tag, and so what a version may be. */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/**
 * The version to deploy: the flag, `DEPLOY_VERSION`, `KAMAL_VERSION` or `VERSION`, else the git
 * commit. A commit gets a random ending where what is built is not what was committed, so that two
 * different images never share a version.
 *
 * @throws DeployError USAGE for a version that cannot be a tag, NOT_A_REPOSITORY without any source
 */
export function chooseVersion(sources: VersionSources): string {
  const { flag, env, git } = sources;
  const named = flag ?? (env["DEPLOY_VERSION"] || env["KAMAL_VERSION"] || env["VERSION"] || null);
  if (named !== null) return valid(named);
  if (git === null)
    throw new DeployError("NOT_A_REPOSITORY", {
      cause: "the version comes from the git commit, and this folder is in no git repository with a commit",
      hint: "git init && git add . && git commit -m 'First commit', or name a version with --version",
      state: "unchanged",
    });
  return builtDiffers(git, sources) ? `${git.commit}_uncommitted_${sources.random.hex(8)}` : git.commit;
}

/**
 * Whether something that is built is not as it was committed. A change elsewhere in the repository
 * does not matter; a folder that is not known to git at all is told by its name only.
 */
function builtDiffers(git: NonNullable<GitState>, { builtFolder, dockerfile }: VersionSources): boolean {
  if (builtFolder === null) return false;
  return git.uncommitted.some((path) => {
    const changed = posix.resolve(git.root, path);
    const touches = isWithin(changed, builtFolder) || isWithin(builtFolder, changed);
    return touches || changed === dockerfile || isWithin(dockerfile, changed);
  });
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? folder : `${folder}/`);
}

/** For people: seven digits of a commit; a version of another kind whole. */
export function shortVersion(version: string): string {
  return /^[0-9a-f]{40}$/.test(version) ? version.slice(0, 7) : version;
}

function valid(version: string): string {
  if (TAG.test(version)) return version;
  throw new DeployError("USAGE", {
    cause: `${JSON.stringify(version)} cannot be a version`,
    hint: "a version is an image tag: letters, digits, _ . and -, at most 128, not beginning with . or -",
    state: "unchanged",
  });
}
