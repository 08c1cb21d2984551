import { posix } from "node:path";
import { localWorkspace } from "../local-workspace.ts";
import type { Environment, Workspace } from "../workspace.ts";

/**
 * A workspace whose files are in memory, for tests. Programs are real ones.
 *
 * @param files text by path, relative to the project
 */
export function aWorkspace(files: Record<string, string>, env: Environment = {}): Workspace {
  const cwd = "/project";
  const texts = new Map(Object.entries(files).map(([path, text]) => [posix.join(cwd, path), text]));
  const local = localWorkspace({ cwd, env: { PATH: process.env["PATH"], ...env } });
  return {
    ...local,
    architecture: "amd64",
    readFile: async (path) => texts.get(path) ?? null,
    list: async (folder) =>
      [...texts.keys()].filter((path) => posix.dirname(path) === folder).map((path) => posix.basename(path)),
    look: async (path) => {
      if (texts.has(path)) return { kind: "file", readable: true, executable: true };
      const isFolder = [...texts.keys()].some((file) => file.startsWith(`${path}/`));
      return isFolder ? { kind: "directory", readable: true, executable: false } : null;
    },
    run: (program, args, options) => local.run(program, args, { ...options, cwd: "/" }),
  };
}
