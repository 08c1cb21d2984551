import { link, readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { formatIdentity } from "./identity.ts";
import { stateOfOwner, thisProcess } from "./this-process.ts";

/** How long a waiting process lets pass before it looks at the lock again, in ms. */
const LOOK_AGAIN_MS = 100;

/**
 * Does something while no other process on this machine does it. A lock whose holder died is taken
 * over. The file appears complete or not at all, so that its holder can always be read.
 *
 * @throws the signal's reason when it is aborted while waiting.
 */
export async function whileLocked<T>(file: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, formatIdentity(thisProcess()));
  try {
    while (!(await taken(mine, file))) {
      signal.throwIfAborted();
      await pause(LOOK_AGAIN_MS);
    }
  } finally {
    await rm(mine, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function taken(mine: string, file: string): Promise<boolean> {
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const holder = await readFile(file, "utf8").catch(() => null);
  if (holder !== null && stateOfOwner(holder) !== "alive") await rm(file, { force: true });
  return false;
}
