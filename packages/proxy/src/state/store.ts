import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Turns } from "../turns.ts";
import { type Disk, realDisk } from "./disk.ts";
import { encodeState } from "./encode.ts";
import { emptyState, readSavedState, type SavedState, stateSchema } from "./saved.ts";

/** What was found at start: the state, where it came from, and what was wrong on the way there. */
export interface LoadedState {
  state: SavedState;
  source: "current" | "previous" | "none";
  /** One line for each file that could not be used. Empty when all was well. */
  problems: string[];
}

/**
 * Keeps the state in a directory: `state.json`, and `state.previous.json` from before the last
 * change. A change is written to a third file, fsynced and renamed, so that a crash at any moment
 * leaves one of the two whole. A checksum tells a half-written file from a whole one.
 */
export class StateStore {
  readonly #current: string;
  readonly #previous: string;
  readonly #writing: string;
  readonly #disk: Disk;
  #currentIsGood = false;
  readonly #turns = new Turns();

  /** @param disk that a state is written to */
  constructor(directory: string, disk: Disk = realDisk) {
    this.#disk = disk;
    this.#current = join(directory, "state.json");
    this.#previous = join(directory, "state.previous.json");
    this.#writing = join(directory, "state.json.new");
  }

  /** Reads the newest file that is whole. It never throws for what a file holds. */
  async load(): Promise<LoadedState> {
    const problems: string[] = [];
    const current = await read(this.#current, problems);
    if (current !== null) {
      this.#currentIsGood = true;
      return { state: current, source: "current", problems };
    }
    const previous = await read(this.#previous, problems);
    if (previous !== null) return { state: previous, source: "previous", problems };
    return { state: emptyState, source: "none", problems };
  }

  /**
   * Writes a state. Once this has settled, a crash cannot lose it. Writes are made one after
   * another, in the order they were asked for.
   *
   * @throws the file system's error, when the state could not be kept; the one before still is
   */
  save(state: SavedState): Promise<void> {
    return this.#turns.take(() => this.#write(state));
  }

  /** Settles when every write that was asked for has been made or has failed. */
  settled(): Promise<void> {
    return this.#turns.settled();
  }

  async #write(state: SavedState): Promise<void> {
    const text = await encodeState(state);
    await this.#disk.mkdir(dirname(this.#current), { recursive: true });
    const file = await this.#disk.open(this.#writing, "w", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    // A corrupt current file must not take the place of the good previous one.
    if (this.#currentIsGood) await this.#disk.rename(this.#current, this.#previous);
    await this.#disk.rename(this.#writing, this.#current);
    this.#currentIsGood = true;
    await this.#syncDirectory();
  }

  /** A rename is only kept across a power cut once the directory itself is. */
  async #syncDirectory(): Promise<void> {
    const directory = await this.#disk.open(dirname(this.#current), "r");
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
}

async function read(path: string, problems: string[]): Promise<SavedState | null> {
  try {
    return decode(await readFile(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    problems.push(`${path}: ${(error as Error).message}`);
    return null;
  }
}

function decode(file: string): SavedState {
  const [head = "", text = ""] = file.split("\n");
  const { schema, sha256: expected } = JSON.parse(head) as { schema: unknown; sha256: unknown };
  if (schema !== stateSchema) throw new Error(`schema ${schema} is not one this proxy reads`);
  if (sha256(text) !== expected) throw new Error("its checksum does not match, so it is not whole");
  return readSavedState(JSON.parse(text));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
