import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

const PREFIX = ".making-";

/** What is older than this was left by a run that was killed, in ms: nothing takes an hour to make. */
const FORGOTTEN_AFTER_MS = 60 * 60_000;

/**
 * Gives `make` an empty folder beside where its result belongs, so that the result can be renamed
 * into place when it is complete. The folder is removed in the end, and so are those that killed
 * runs left.
 */
export async function inStaging<T>(folder: string, make: (staging: string) => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  await removeForgotten(folder);
  const staging = await mkdtemp(join(folder, PREFIX));
  try {
    return await make(staging);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function removeForgotten(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(PREFIX)) continue;
    const place = join(folder, name);
    const { mtimeMs } = await stat(place).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > FORGOTTEN_AFTER_MS) await rm(place, { recursive: true, force: true });
  }
}
