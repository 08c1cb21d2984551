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
  return { commit, root, ...changesOf(status?.stdout ?? "") };
}

/** Reads what `git status --porcelain=v1 -z` prints. */
export function changesOf(status: string): Pick<NonNullable<GitState>, "uncommitted" | "notInCommit"> {
  const uncommitted: string[] = [];
  const notInCommit: string[] = [];
  const entries = status
    .split("\0")
    .filter((entry) => entry !== "")
    [Symbol.iterator]();
  for (const entry of entries) {
    const path = entry.slice(3);
    uncommitted.push(path);
    if (/^[?ARC]/.test(entry)) notInCommit.push(path);
    if (!/^[RC]/.test(entry)) continue;
    // Where it was before stands alone, without a state.
    const former = entries.next().value;
    if (former !== undefined) uncommitted.push(former);
  }
  return { uncommitted, notInCommit };
}
