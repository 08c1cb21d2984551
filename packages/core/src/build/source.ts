import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Workspace } from "../config/workspace.ts";
import { DeployError } from "../errors/index.ts";
import type { GitState } from "../release/version.ts";

/** A folder to build in. Disposing of it removes what was made for this build. */
export type BuildSource = AsyncDisposable & { folder: string };

/**
 * Where the image is built: the project's folder where a context is configured or there is no git,
 * else a fresh clone of the commit, so that what is built is what was committed.
 *
 * @param context `builder.context`
 * @throws DeployError BUILD_FAILED when git cannot make the clone
 */
export async function openSource(
  workspace: Workspace,
  context: string | null,
  git: GitState,
): Promise<BuildSource> {
  if (context !== null || git === null)
    return { folder: workspace.cwd, [Symbol.asyncDispose]: () => Promise.resolve() };
  const clone = await mkdtemp(join(tmpdir(), "cutover-build-"));
  try {
    // Objects are borrowed from the repository, so that a large one costs no more than its checkout.
    await run(workspace, ["clone", "--quiet", "--shared", "--no-checkout", git.root, clone]);
    await run(workspace, ["-C", clone, "checkout", "--quiet", "--detach", git.commit]);
    if (await exists(join(clone, ".gitmodules")))
      await run(workspace, ["-C", clone, "submodule", "update", "--quiet", "--init", "--recursive"]);
  } catch (error) {
    await rm(clone, { recursive: true, force: true });
    throw error;
  }
  return {
    folder: join(clone, relative(git.root, workspace.cwd)),
    [Symbol.asyncDispose]: () => rm(clone, { recursive: true, force: true }),
  };
}

async function run(workspace: Workspace, args: string[]): Promise<void> {
  const ended = await workspace.run("git", args, { cwd: workspace.cwd, env: workspace.env, stdin: "" });
  if (ended?.exitCode === 0) return;
  throw new DeployError("BUILD_FAILED", {
    cause: "git could not make a clean copy of the commit to build",
    details: (ended?.stderr ?? "git is not installed").trim().split("\n"),
    hint: "set builder.context to '.' to build the folder as it is",
    state: "unchanged",
  });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
