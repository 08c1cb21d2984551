import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { isAbsolute, join, normalize } from "node:path";

/** What a worker is made of: a Node binary and the proxy's code. */
export interface Program {
  node: string;
  main: string;
}

/** What is running now, and what is in the image. */
export function ownProgram(): Program {
  return { node: process.execPath, main: process.argv[1] ?? "" };
}

/**
 * A program that was brought: a folder with `node` and `cutover-proxy.js`. Neither may be writable for
 * anyone but its owner, and that owner must not be us: what can write the state must not be able to
 * put code in the proxy's place.
 *
 * @throws Error saying what is wrong with it
 */
export async function programIn(folder: string): Promise<Program> {
  if (!isAbsolute(folder) || normalize(folder) !== folder) throw new Error(`${folder} is no absolute path`);
  const program = { node: join(folder, "node"), main: join(folder, "cutover-proxy.js") };
  for (const path of [folder, program.node, program.main]) {
    const { mode, uid } = await stat(path);
    if (mode & 0o022) throw new Error(`${path} may be written by others than its owner`);
    if (uid !== 0 && uid === process.getuid?.()) throw new Error(`${path} belongs to the proxy's own user`);
  }
  return program;
}

/** Which folder boots, as it is written down; null: the image's own. */
export class BootRecord {
  readonly #path: string;

  constructor(stateDirectory: string) {
    this.#path = join(stateDirectory, "program.json");
  }

  /** Null as well when what is written is not to be trusted any more. */
  async read(): Promise<string | null> {
    try {
      const { folder } = JSON.parse(await readFile(this.#path, "utf8")) as { folder: unknown };
      return typeof folder === "string" ? folder : null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return null;
      throw error;
    }
  }

  async write(folder: string | null): Promise<void> {
    await writeFile(`${this.#path}.new`, `${JSON.stringify({ folder })}\n`, { mode: 0o600, flush: true });
    await rename(`${this.#path}.new`, this.#path);
  }
}
