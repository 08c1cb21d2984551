import { access, chmod, constants, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { delimiter, dirname, join, resolve } from "node:path";
import { DeployError } from "@cutover/core/errors";
import type { Surroundings } from "../surroundings.ts";
import { isShim, shimScript } from "./script.ts";

/** What became of the shim. */
export interface ShimInstalled {
  /** Where it is. */
  path: string;
  /** What a shell would start for `kamal` now; null: nothing, since the folder is not on the PATH. */
  found: string | null;
}

/** What can be asked. */
export interface ShimRequest {
  /** The folder to put it into; null: one that is on the PATH. */
  folder: string | null;
  /** Whether a `kamal` that is not ours may be written over. */
  existing: "keep" | "replace";
}

/**
 * Puts a `kamal` that is this command into a folder of the PATH.
 *
 * @throws DeployError USAGE where no folder can be written to, or another kamal is there
 */
export async function installShim(
  request: ShimRequest,
  around: Pick<Surroundings, "cwd" | "home" | "env" | "program">,
): Promise<ShimInstalled> {
  const onPath = (around.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const folder =
    request.folder === null
      ? await folderOnPath(onPath, around)
      : resolve(around.cwd, request.folder.replace(/^~(?=\/|$)/, around.home));
  const path = join(folder, "kamal");
  const before = await textOf(path);
  if (before !== null && !isShim(before) && request.existing === "keep")
    throw new DeployError("USAGE", {
      cause: `${path} is there already, and is not ours`,
      hint: "name another folder that comes before it on the PATH with --to, or write over it with --force",
    });
  await mkdir(folder, { recursive: true });
  await writeFile(`${path}.new`, shimScript(around.program), { mode: 0o755 });
  // The mode given at the making is narrowed by the umask.
  await chmod(`${path}.new`, 0o755);
  await rename(`${path}.new`, path);
  return { path, found: await firstOf(onPath.map((one) => join(one, "kamal"))) };
}

/** Beside this command, where its installation put it, or a folder of the user's own: whichever the PATH has first. */
async function folderOnPath(
  onPath: readonly string[],
  { home, program }: Pick<Surroundings, "home" | "program">,
): Promise<string> {
  const good = [join(home, ".local/bin"), join(home, "bin"), dirname(program)];
  for (const folder of onPath) if (good.includes(folder) && (await isWritable(folder))) return folder;
  for (const folder of onPath)
    if ((await firstOf([join(folder, "deploy")])) !== null && (await isWritable(folder))) return folder;
  throw new DeployError("USAGE", {
    cause: "no folder on the PATH can be written to that is meant for such programs",
    hint: "deploy install-kamal-shim --to ~/.local/bin, and put that folder on the PATH",
  });
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function firstOf(files: readonly string[]): Promise<string | null> {
  for (const file of files) {
    const there = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (there) return file;
  }
  return null;
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
