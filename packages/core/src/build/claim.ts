import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

/** A folder that only this process uses until it is released. */
export interface Claim {
  folder: string;
  release(): Promise<void>;
}

/** Builds of one checkout that can run side by side on one machine. */
const SLOTS = 16;

/** The folder that is claimed where none is. */
export function firstClone(parent: string): string {
  return join(parent, "1");
}

/**
 * Claims the first numbered folder that no living process holds: what an earlier build left there is
 * used again, and two builds at once never share one.
 *
 * @param isAlive whether a process of that number runs
 * @returns null where all are taken
 */
export async function claimFolder(
  parent: string,
  pid: number,
  isAlive: (pid: number) => boolean,
): Promise<Claim | null> {
  await mkdir(parent, { recursive: true });
  for (let slot = 1; slot <= SLOTS; slot++) {
    const holder = join(parent, `${slot}.pid`);
    if (!((await take(holder, pid)) || (await takeOver(holder, pid, isAlive)))) continue;
    return { folder: join(parent, String(slot)), release: () => rm(holder, { force: true }) };
  }
  return null;
}

async function take(holder: string, pid: number): Promise<boolean> {
  try {
    const file = await open(holder, "wx");
    await file.writeFile(String(pid));
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function takeOver(holder: string, pid: number, isAlive: (pid: number) => boolean): Promise<boolean> {
  const text = await readFile(holder, "utf8").catch(() => "");
  // Empty: whoever made it is about to write its number.
  if (text === "" || isAlive(Number(text))) return false;
  await rm(holder, { force: true });
  return take(holder, pid);
}

/** Whether a process of that number runs on this machine. */
export function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and is somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
