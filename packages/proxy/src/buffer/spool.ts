import type { BufferPlace } from "./place.ts";
import { SpoolDisk } from "./spool-disk.ts";

/** Who fills and empties a spool. */
export interface SpoolUser {
  /** After a `pull` that gave nothing: there is something now. */
  onSpoolReadable(): void;
  /** After a `push` that gave false: there is room again. */
  onSpoolSpace(): void;
  /** What was taken in can't be given back: it could not be read from disk. */
  onSpoolFailed(): void;
}

/** More than this is not kept in memory on its way to disk, in bytes. */
const mostOnTheWay = 262_144;

/**
 * Bytes in the order they came, between one side that gives quickly and one that takes slowly: up to a
 * limit in memory, the rest on disk. Where the disk has no room it says so, and its user has the quick
 * side wait.
 */
export class Spool {
  readonly #user: SpoolUser;
  readonly #place: BufferPlace;
  readonly #memoryLimit: number;
  /** The first bytes. */
  #memory: Buffer[] = [];
  #memoryBytes = 0;
  /** Then come those on disk; null while there never were any. */
  #disk: SpoolDisk | null = null;
  /** The last bytes, on their way to disk. */
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #isFull = false;
  #isAwaited = false;
  #closed = false;

  /** @param memoryLimit how much of it is kept in memory, in bytes */
  constructor(place: BufferPlace, memoryLimit: number, user: SpoolUser) {
    this.#place = place;
    this.#memoryLimit = memoryLimit;
    this.#user = user;
  }

  get isEmpty(): boolean {
    return this.#memory.length === 0 && this.#tail.length === 0 && (this.#disk?.isEmpty ?? true);
  }

  /**
   * Takes bytes in, which are its own from then on.
   *
   * @returns false when no more should be pushed until `onSpoolSpace`
   */
  push(bytes: Buffer): boolean {
    const { length } = bytes;
    const nothingBehind = this.#tail.length === 0 && (this.#disk?.isEmpty ?? true);
    const fits = this.#memoryBytes + length <= this.#memoryLimit;
    if (nothingBehind && fits && this.#place.memory.take(length)) {
      this.#memory.push(bytes);
      this.#memoryBytes += length;
      return true;
    }
    this.#place.memory.charge(length);
    this.#tail.push(bytes);
    this.#tailBytes += length;
    this.#moveToDisk();
    this.#isFull = this.#tailBytes > mostOnTheWay || this.#disk?.refused === true;
    return !this.#isFull;
  }

  /** The next bytes; null when there are none, or none before `onSpoolReadable`. */
  pull(): Buffer | null {
    const first = this.#memory.shift();
    if (first !== undefined) {
      this.#memoryBytes -= first.length;
      this.#place.memory.giveBack(first.length);
      return first;
    }
    if (this.#disk !== null && !this.#disk.isEmpty) {
      const read = this.#disk.pull();
      this.#isAwaited = read === null;
      return read;
    }
    const last = this.#tail.shift();
    if (last === undefined) return null;
    this.#tailBytes -= last.length;
    this.#place.memory.giveBack(last.length);
    this.#tellOfSpace();
    return last;
  }

  /** Forgets what is in it, and frees what it took. Twice is harmless. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#place.memory.giveBack(this.#memoryBytes + this.#tailBytes);
    this.#memory = [];
    this.#tail = [];
    this.#disk?.close();
  }

  /** The disk has done something. */
  #onDisk = (event: "written" | "read" | "lost" | "refused", bytes: Buffer | null): void => {
    if (this.#closed) {
      if (bytes !== null) this.#place.memory.giveBack(bytes.length);
      return;
    }
    if (event === "lost") {
      this.#user.onSpoolFailed();
      return;
    }
    if (event === "written" && bytes !== null) this.#place.memory.giveBack(bytes.length);
    // What the disk did not take is still the first of the tail.
    if (event === "refused" && bytes !== null) {
      this.#tail.unshift(bytes);
      this.#tailBytes += bytes.length;
    }
    this.#moveToDisk();
    this.#tellOfSpace();
    if (!this.#isAwaited) return;
    this.#isAwaited = false;
    this.#user.onSpoolReadable();
  };

  #moveToDisk(): void {
    this.#disk ??= new SpoolDisk(this.#place, this.#onDisk);
    if (this.#tail.length === 0 || !this.#disk.takes(this.#tailBytes)) return;
    const bytes = this.#tail.length === 1 ? (this.#tail[0] as Buffer) : Buffer.concat(this.#tail);
    this.#tail = [];
    this.#tailBytes = 0;
    this.#disk.push(bytes);
  }

  #tellOfSpace(): void {
    if (!this.#isFull || this.#tailBytes > mostOnTheWay) return;
    if (this.#disk?.refused === true && this.#tail.length > 0) return;
    this.#isFull = false;
    this.#user.onSpoolSpace();
  }
}
