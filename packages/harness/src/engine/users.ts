import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatIdentity } from "../owner/identity.ts";
import { stateOfOwner, thisProcess } from "../owner/this-process.ts";

/** Writes this process down as a user of our engine. */
export async function arrive(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, formatIdentity(thisProcess())), "");
}

/** Strikes this process and those that died off the list, and counts who is left. */
export async function leave(folder: string): Promise<number> {
  await rm(join(folder, formatIdentity(thisProcess())), { force: true });
  let left = 0;
  for (const name of await readdir(folder)) {
    if (stateOfOwner(name) === "alive") left += 1;
    else await rm(join(folder, name), { force: true });
  }
  return left;
}
