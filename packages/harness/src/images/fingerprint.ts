import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

/**
 * A fingerprint of all files in some folders, by path and content, so that an image need only be
 * built when something it is made of changed.
 */
export async function fingerprint(root: string, folders: readonly string[], more: string): Promise<string> {
  const hash = createHash("sha256").update(more);
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) {
      hash.update(`\0${relative(root, file)}\0`).update(await readFile(file));
    }
  }
  return hash.digest("hex").slice(0, 12);
}
