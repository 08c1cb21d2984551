import type { BufferFile } from "./file.ts";
import type { BufferPlace } from "./place.ts";

/** One read takes so many bytes. */
const pieceBytes = 65_536;

/**
 * What became of the disk's last task: bytes are written; bytes can be pulled; what was written is lost;
 * bytes were not written, and stay where they were.
 */
type DiskListener = (event: "written" | "read" | "lost" | "refused", bytes: Buffer | null) => void;

/** The part of a spool that is on disk: one task at a time, each told of when it is done. */
export class SpoolDisk {
  /** Takes nothing any more: it is full, or broken. */
  refused = false;
  readonly #place: BufferPlace;
  readonly #listener: DiskListener;
  #file: BufferFile | null = null;
  #task: Promise<void> | null = null;
  /** Written and not read yet. */
  #unread = 0;
  /** Being written. */
  #onTheWay = 0;
  /** How much of the place's budget the file has. */
  #taken = 0;
  #piece: Buffer | null = null;
  /** A read is wanted, and goes before the next write: a quick writer must not keep the reader waiting. */
  #wanted = false;
  #closed = false;

  constructor(place: BufferPlace, listener: DiskListener) {
    this.#place = place;
    this.#listener = listener;
  }

  get isEmpty(): boolean {
    return this.#unread === 0 && this.#onTheWay === 0 && this.#piece === null;
  }

  /** Whether so many bytes may be pushed now. Once refused, it takes nothing until it has been emptied. */
  takes(bytes: number): boolean {
    if (this.refused || this.#task !== null) return false;
    if (this.#taken + bytes <= this.#place.diskOfOne && this.#place.disk.take(bytes)) {
      this.#taken += bytes;
      return true;
    }
    this.refused = true;
    return false;
  }

  /** Writes bytes that it has said to take. */
  push(bytes: Buffer): void {
    this.#onTheWay = bytes.length;
    const write = async () => {
      this.#file ??= await this.#place.openFile();
      await this.#file.append(bytes);
    };
    this.#begin(
      write(),
      () => {
        this.#onTheWay = 0;
        this.#unread += bytes.length;
        if (this.#wanted) this.#readAhead();
        this.#listener("written", bytes);
      },
      () => {
        // A disk that is full or broken is done without, as if it had no room.
        this.#onTheWay = 0;
        this.#release(bytes.length);
        this.refused = true;
        this.#listener("refused", bytes);
      },
    );
  }

  /** The next bytes; null when they have to be read first, which the listener will be told of. */
  pull(): Buffer | null {
    const piece = this.#piece;
    if (piece !== null) {
      this.#piece = null;
      if (this.isEmpty) this.#clear();
      else this.#readAhead();
      return piece;
    }
    this.#wanted = true;
    this.#readAhead();
    return null;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#piece = null;
    const free = () => {
      this.#release(this.#taken);
      // What has no name is freed by closing it; there is nobody to tell if even that fails.
      this.#file?.close().catch(() => {});
    };
    if (this.#task === null) free();
    else void this.#task.then(free);
  }

  #readAhead(): void {
    this.#wanted &&= this.#piece === null;
    if (this.#task !== null || this.#unread === 0 || this.#piece !== null || this.#closed) return;
    this.#wanted = false;
    const length = Math.min(pieceBytes, this.#unread);
    const file = this.#file as BufferFile;
    let read: Buffer | null = null;
    const task = async () => {
      read = await file.read(length);
      if (read.length === 0) throw new Error("the file is shorter than what was written");
    };
    this.#begin(
      task(),
      () => {
        const piece = read as Buffer | null;
        this.#unread -= piece?.length ?? 0;
        this.#piece = piece;
        this.#listener("read", null);
      },
      () => this.#listener("lost", null),
    );
  }

  /** All has been read: the file begins anew. */
  #clear(): void {
    if (this.#task !== null || this.#file === null) return;
    const taken = this.#taken;
    this.#begin(
      this.#file.clear(),
      () => {
        this.#release(taken);
        this.refused = false;
        this.#listener("read", null);
      },
      () => {
        this.refused = true;
        this.#listener("read", null);
      },
    );
  }

  #release(bytes: number): void {
    this.#taken -= bytes;
    this.#place.disk.giveBack(bytes);
  }

  #begin(task: Promise<void>, done: () => void, failed: () => void): void {
    this.#task = task.then(
      () => {
        this.#task = null;
        done();
      },
      () => {
        this.#task = null;
        failed();
      },
    );
  }
}
