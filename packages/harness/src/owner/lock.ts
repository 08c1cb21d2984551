import { randomUUID } from "node:crypto";
import { link, readFile, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { formatIdentity } from "./identity.ts";
import { stateOfOwner, thisProcess } from "./this-process.ts";

/** How long a waiting process lets pass before it looks at the lock again, in ms. */
const LOOK_AGAIN_MS = 100;

/**
 * After this long a holder on another machine is taken for dead, in ms. What is done under a lock
 * takes some minutes at most, and a container that was removed never comes back to say so.
 */
const ELSEWHERE_FOR_MS = 15 * 60_000;

/**
 * Does something while no other process does it. A lock whose holder died is taken over. The file
 * appears complete or not at all, so that its holder can always be read.
 *
 * @throws the signal's reason when it is aborted while waiting.
 */
export async function whileLocked<T>(file: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const mine = `${file}.${randomUUID()}`;
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
  if (await isAbandoned(file)) await rm(file, { force: true });
  return false;
}

async function isAbandoned(file: string): Promise<boolean> {
  const [holder, written] = await Promise.all([readFile(file, "utf8"), stat(file)]).catch(() => [null, null]);
  // It was let go of between the two looks.
  if (holder === null || written === null) return false;
  const state = stateOfOwner(holder);
  if (state === "elsewhere") return Date.now() - written.mtimeMs > ELSEWHERE_FOR_MS;
  return state !== "alive";
}
