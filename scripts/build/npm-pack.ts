import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { dist } from "./places.ts";

/**
 * Packs a folder with npm into `dist/`.
 *
 * @returns the path of the tarball
 */
export async function npmPack(folder: string): Promise<string> {
  await mkdir(dist, { recursive: true });
  const { stdout } = await promisify(execFile)(
    "npm",
    ["pack", "--silent", "--ignore-scripts", "--pack-destination", dist, folder],
    { cwd: dist },
  );
  return join(dist, stdout.trim());
}
