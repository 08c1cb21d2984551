import { readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, normalize } from "node:path";
import { proxyVersion } from "../version.ts";

/** What a worker is made of: a Node binary and the proxy's code. */
export interface Program {
  node: string;
  main: string;
}

/** What is running now, and what is in the image. */
export function ownProgram(): Program {
  return { node: process.execPath, main: process.argv[1] ?? "" };
}

/** The names of a program's own files beside its binary: its code, which may be several, and what says what that is. */
export async function filesOf({ main }: Program): Promise<string[]> {
  const names = await readdir(dirname(main));
  return names.filter((name) => /\.js$|^package\.json$/.test(name) || name === basename(main)).sort();
}

/** What a program is called: its release, and what tells its code from another's. */
export async function nameOf(program: Program): Promise<string> {
  // Loaded here, since every start reads this file and most have nothing to name: 7 ms.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const hash = createHash("sha256").update(process.version);
  for (const name of await filesOf(program)) {
    hash.update(`\0${name}\0`).update(await readFile(join(dirname(program.main), name)));
  }
  return `${proxyVersion}-${hash.digest("hex").slice(0, 12)}`;
}

/**
 * A program that was brought: a folder with `node`, `cutover-proxy.js` and what that loads. None may be writable
 * for anyone but its owner, and that owner must not be us: what can write the state must not be able to
 * put code in the proxy's place.
 *
 * @throws Error saying what is wrong with it
 */
export async function programIn(folder: string): Promise<Program> {
  if (!isAbsolute(folder) || normalize(folder) !== folder) throw new Error(`${folder} is no absolute path`);
  const program = { node: join(folder, "node"), main: join(folder, "cutover-proxy.js") };
  const inside = (await readdir(folder)).map((name) => join(folder, name));
  for (const path of [folder, program.node, program.main, ...inside]) {
    const { mode, uid } = await stat(path);
    if (mode & 0o022) throw new Error(`${path} may be written by others than its owner`);
    if (uid !== 0 && uid === process.getuid?.()) throw new Error(`${path} belongs to the proxy's own user`);
  }
  return program;
}

/**
 * Which folder boots, as it is written down; null: the image's own. It holds for the image it was written
 * under: whoever makes the container anew from another image means that image's program.
 */
export class BootRecord {
  readonly #path: string;

  constructor(stateDirectory: string) {
    this.#path = join(stateDirectory, "program.json");
  }

  /**
   * Null as well when what is written can't be read.
   *
   * @param own gives the image's program, by its name; asked only where something is written, since to name a
   *   program is to read all of it
   */
  async read(own: () => Promise<string>): Promise<string | null> {
    try {
      const written: unknown = JSON.parse(await readFile(this.#path, "utf8"));
      const { folder, over } = (written ?? {}) as Record<string, unknown>;
      return typeof folder === "string" && over === (await own()) ? folder : null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return null;
      throw error;
    }
  }

  async write(folder: string, own: string): Promise<void> {
    const text = `${JSON.stringify({ folder, over: own })}\n`;
    await writeFile(`${this.#path}.new`, text, { mode: 0o600, flush: true });
    await rename(`${this.#path}.new`, this.#path);
  }
}
