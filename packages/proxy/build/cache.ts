import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** Where what was downloaded or is slow to make is kept between builds. */
export function cacheDirectory(env: NodeJS.ProcessEnv): string {
  const own = env["CUTOVER_CACHE"];
  if (own !== undefined && own !== "") return own;
  const shared = env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  return join(shared, "cutover");
}

/**
 * The file at `path`, made when it is not there. It is written under another name and renamed, so
 * that a build that was killed leaves no half of it.
 */
export async function cached(path: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const kept = await readIfThere(path);
  if (kept !== null) return kept;
  const made = await make();
  await mkdir(dirname(path), { recursive: true });
  const writing = `${path}.${process.pid}`;
  await writeFile(writing, made);
  await rename(writing, path);
  return made;
}

/** The file's bytes; null when there is none. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
