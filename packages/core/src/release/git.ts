import type { Workspace } from "../config/workspace.ts";
import type { GitState } from "./version.ts";

/** Asks git about the project's folder. Null where there is no git, no repository or no commit yet. */
export async function readGit(workspace: Workspace): Promise<GitState> {
  const git = (...args: string[]) =>
    workspace.run("git", args, { cwd: workspace.cwd, env: workspace.env, stdin: "" });
  const [heads, status] = await Promise.all([
    git("rev-parse", "--show-toplevel", "HEAD"),
    git("status", "--porcelain=v1", "-z", "--untracked-files=normal"),
  ]);
  if (heads?.exitCode !== 0) return null;
  const [root, commit] = heads.stdout.split("\n");
  if (!root || !commit) return null;
  const uncommitted = (status?.stdout ?? "").split("\0").filter((entry) => entry !== "");
  return { commit, root, uncommitted: uncommitted.map((entry) => entry.slice(3)) };
}
