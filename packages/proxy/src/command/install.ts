import { chmod, copyFile, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { filesOf, nameOf, type Program } from "../supervisor/program.ts";

/**
 * Puts a program into a folder of its own under a place that only this process's user can write: what a
 * running proxy is then told to be replaced by. A program that is there already is left as it is; of the
 * others the newest stays, which may be the one that runs.
 *
 * @returns the folder's path
 * @throws the file system's error
 */
export async function installProgram(place: string, program: Program): Promise<string> {
  const name = await nameOf(program);
  const folder = join(place, name);
  if (await exists(folder)) return folder;
  const partial = join(place, `.${name}.partial`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await put(program.node, join(partial, "node"), 0o755);
  for (const file of await filesOf(program)) {
    await put(join(dirname(program.main), file), join(partial, file), 0o644);
  }
  await chmod(partial, 0o755);
  await synced(partial);
  await rename(partial, folder);
  await synced(place);
  await removeOthers(place, name);
  return folder;
}

async function put(from: string, to: string, mode: number): Promise<void> {
  await copyFile(from, to);
  await chmod(to, mode);
  await synced(to);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}

/** A power cut must not leave half a program under the name of a whole one. */
async function synced(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function removeOthers(place: string, kept: string): Promise<void> {
  const names = (await readdir(place)).filter((name) => name !== kept);
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(place, name))).mtimeMs })),
  );
  const [, ...older] = aged.sort((one, other) => other.at - one.at);
  await Promise.all(older.map(({ name }) => rm(join(place, name), { recursive: true })));
}
