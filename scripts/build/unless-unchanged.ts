import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { dist, root } from "./places.ts";

/** What a build left behind: the hash of its inputs, and its files relative to the repository. */
interface Stamp {
  inputs: string;
  files: string[];
}

/**
 * Makes something, unless it was made of the same inputs before and is still there. Says which.
 *
 * @param name what is made, for the stamp and for people
 * @param inputs a hash of all that it is made of
 * @param make makes it and answers with the absolute paths of its files
 */
export async function unlessUnchanged(
  name: string,
  inputs: string,
  make: () => Promise<string[]>,
): Promise<void> {
  const stampFile = join(dist, `.${name}.json`);
  const stamp = await readStamp(stampFile);
  if (stamp?.inputs === inputs && stamp.files.every((file) => existsSync(join(root, file)))) {
    console.log(`${stamp.files.join(", ")}: unchanged`);
    return;
  }
  const startedAt = performance.now();
  const files = (await make()).map((file) => relative(root, file));
  await mkdir(dist, { recursive: true });
  await writeFile(stampFile, JSON.stringify({ inputs, files } satisfies Stamp));
  console.log(`${files.join(", ")}: made in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

async function readStamp(file: string): Promise<Stamp | null> {
  if (!existsSync(file)) return null;
  return JSON.parse(await readFile(file, "utf8"));
}
