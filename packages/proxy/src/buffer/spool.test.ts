import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Budget } from "./budget.ts";
import type { BufferFile } from "./file.ts";
import type { BufferPlace } from "./place.ts";
import { Spool, type SpoolUser } from "./spool.ts";

/** A file in memory whose tasks are done when a test says so; it stands in for a slow or broken disk. */
class HeldFile implements BufferFile {
  content = Buffer.alloc(0);
  isClosed = false;
  fails: "append" | "read" | null = null;
  #read = 0;
  #waiting: (() => void)[] = [];

  async append(bytes: Buffer): Promise<void> {
    await this.#turn();
    if (this.fails === "append") throw new Error("ENOSPC");
    this.content = Buffer.concat([this.content, bytes]);
  }

  async read(length: number): Promise<Buffer> {
    await this.#turn();
    if (this.fails === "read") throw new Error("EIO");
    const bytes = this.content.subarray(this.#read, this.#read + length);
    this.#read += length;
    return bytes;
  }

  async clear(): Promise<void> {
    await this.#turn();
    this.content = Buffer.alloc(0);
    this.#read = 0;
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  get waits(): boolean {
    return this.#waiting.length > 0;
  }

  /** Lets the task under way end. */
  async go(): Promise<void> {
    this.#waiting.shift()?.();
    await promisesSettled();
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** What was waiting for a promise that has settled has gone on. */
const promisesSettled = () => new Promise((resolve) => setImmediate(resolve));

let file: HeldFile;
let place: BufferPlace;
let user: SpoolUser & { readable: number; space: number; failed: number };
let spool: Spool;

function begin(limits: { memory: number; disk: number; ofBody: number }): void {
  file = new HeldFile();
  place = {
    memory: new Budget(limits.memory),
    disk: new Budget(limits.disk),
    diskOfOne: limits.disk,
    openFile: async () => file,
  };
  user = {
    readable: 0,
    space: 0,
    failed: 0,
    onSpoolReadable: () => void user.readable++,
    onSpoolSpace: () => void user.space++,
    onSpoolFailed: () => void user.failed++,
  };
  spool = new Spool(place, limits.ofBody, user);
}

beforeEach(() => begin({ memory: 1_000, disk: 1_000, ofBody: 10 }));
afterEach(() => spool.close());

const bytes = (text: string) => Buffer.from(text);

async function settle(): Promise<void> {
  await promisesSettled();
  while (file.waits) await file.go();
}

test("what fits in memory never meets the disk", () => {
  expect(spool.push(bytes("01234"))).toBe(true);
  expect(spool.push(bytes("56789"))).toBe(true);
  expect(String(spool.pull()) + String(spool.pull())).toBe("0123456789");
  expect(spool.pull()).toBeNull();
  expect(file.waits).toBe(false);
});

test("the rest goes to disk and comes back in order", async () => {
  spool.push(bytes("0123456789"));
  spool.push(bytes("abc"));
  await settle();
  expect(file.content.toString()).toBe("abc");
  expect(String(spool.pull())).toBe("0123456789");
  expect(spool.pull()).toBeNull();
  await settle();
  expect(user.readable).toBe(1);
  expect(String(spool.pull())).toBe("abc");
  expect(spool.isEmpty).toBe(true);
});

test("a body that others left no memory goes to disk at once", async () => {
  place.memory.take(995);
  spool.push(bytes("0123456789"));
  await settle();
  expect(file.content.toString()).toBe("0123456789");
});

test("where the disk has no room, its user is told to wait until what is there has been pulled", async () => {
  begin({ memory: 1_000, disk: 3, ofBody: 10 });
  spool.push(bytes("0123456789"));
  expect(spool.push(bytes("abcdef"))).toBe(false);
  spool.pull();
  expect(user.space).toBe(0);
  expect(String(spool.pull())).toBe("abcdef");
  expect(user.space).toBe(1);
});

test("a disk that fails is done without: nothing is lost", async () => {
  file.fails = "append";
  spool.push(bytes("0123456789"));
  spool.push(bytes("abc"));
  await settle();
  expect(spool.push(bytes("def"))).toBe(false);
  expect([spool.pull(), spool.pull(), spool.pull()].map(String)).toEqual(["0123456789", "abc", "def"]);
  expect(user.failed).toBe(0);
  expect(place.disk.taken).toBe(0);
});

test("what can't be read back is told of", async () => {
  spool.push(bytes("0123456789abc"));
  await settle();
  file.fails = "read";
  expect(spool.pull()).toBeNull();
  await settle();
  expect(user.failed).toBe(1);
});

test("a reader that waits comes before the next write", async () => {
  spool.push(bytes("0123456789a"));
  await promisesSettled();
  spool.push(bytes("bcd"));
  expect(spool.pull()).toBeNull();
  await file.go();
  await file.go();
  expect(String(spool.pull())).toBe("0123456789a");
});

test("closing frees what it took, also of a write under way", async () => {
  spool.push(bytes("0123456789"));
  spool.push(bytes("abc"));
  spool.push(bytes("def"));
  spool.close();
  await settle();
  expect([place.memory.taken, place.disk.taken, file.isClosed]).toEqual([0, 0, true]);
});

test("once emptied it takes its place in memory again, and its file begins anew", async () => {
  spool.push(bytes("0123456789abc"));
  await settle();
  spool.pull();
  await settle();
  spool.pull();
  await settle();
  expect(file.content).toHaveLength(0);
  expect(place.disk.taken).toBe(0);
  expect(spool.push(bytes("01"))).toBe(true);
  expect(String(spool.pull())).toBe("01");
});

test("who asks twice while the disk reads gets what was read, and then what was written after", async () => {
  spool.push(bytes("0123456789a"));
  await settle();
  expect([spool.pull(), spool.pull()]).toEqual([null, null]);
  spool.push(bytes("bc"));
  await settle();
  expect(String(spool.pull())).toBe("0123456789a");
  await settle();
  expect(String(spool.pull())).toBe("bc");
});

test("whatever is pushed, pulled and done by the disk in whatever order: the bytes come in theirs", async () => {
  const step = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constantFrom("pull", "disk"));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      begin({ memory: 100, disk: 60, ofBody: 20 });
      let given = 0;
      let taken = "";
      const take = () => {
        taken += spool.pull()?.toString("latin1") ?? "";
      };
      let sent = "";
      for (const each of steps) {
        if (each === "pull") take();
        else if (each === "disk") {
          await file.go();
        } else {
          const part = Array.from({ length: each }, () => String.fromCharCode(33 + (given++ % 90))).join("");
          sent += part;
          spool.push(Buffer.from(part, "latin1"));
        }
      }
      for (let round = 0; round < 200 && !spool.isEmpty; round += 1) {
        await settle();
        take();
      }
      spool.close();
      await settle();
      expect(taken).toBe(sent);
      expect([place.memory.taken, place.disk.taken]).toEqual([0, 0]);
    }),
    { numRuns: 300 },
  );
});
