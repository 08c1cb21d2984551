import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Architecture } from "@cutover/core";

/** The npm package that holds the proxy's image for an architecture. */
export const packageName = (architecture: Architecture) => `@cutover/proxy-image-linux-${architecture}`;

/** The archive in such a package's folder, if the package is there and of that version; else null. */
export async function archiveIn(folder: string, version: string): Promise<string | null> {
  try {
    const found: { version?: unknown } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    return found.version === version ? join(folder, "image.tar.gz") : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
