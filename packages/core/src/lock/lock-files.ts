import { posix } from "node:path";
import type { HostFiles } from "../hosts/files.ts";
import { fenceOf, type HostMoment, type LockRecord, parseLockRecord } from "./record.ts";

/** What of a host's files a lock is made of. */
export type LockStore = Pick<
  HostFiles,
  "read" | "list" | "create" | "replace" | "remove" | "changedAt" | "makeFolder"
>;

/** What lies on a host. */
export interface Seen {
  /** The highest number there; null where no lock was ever taken. */
  fence: number | null;
  now: HostMoment;
}

/** An empty file whose time of making gives the first number. */
const SEED = ".seed";

/** One service's locks on one host: a folder of files, each named by its number. */
export class LockFiles {
  readonly #store: LockStore;
  readonly #folder: string;

  constructor(store: LockStore, folder: string) {
    this.#store = store;
    this.#folder = folder;
  }

  /** Looks at the numbers and at the host's clock, at once. */
  async look(): Promise<Seen> {
    const [names, uptime, bootId] = await Promise.all([
      this.#store.list(this.#folder),
      this.#store.read("/proc/uptime"),
      this.#store.read("/proc/sys/kernel/random/boot_id"),
    ]);
    const fences = names.flatMap((name) => fenceOf(name) ?? []);
    return {
      fence: fences.length === 0 ? null : Math.max(...fences),
      now: {
        // Seconds with two decimals, and a second number that means something else.
        uptimeMs: Math.floor(Number.parseFloat(uptime?.toString("latin1") ?? "") * 1000),
        bootId: bootId?.toString("latin1").trim() ?? "",
      },
    };
  }

  /** The record of a number; null where there is none, or none that can be read. */
  async read(fence: number): Promise<LockRecord | null> {
    const bytes = await this.#store.read(this.#path(fence));
    return bytes === null ? null : parseLockRecord(bytes.toString("utf8"));
  }

  /** The lock as it is at the moment; null where none was ever taken. */
  async current(): Promise<{ fence: number; record: LockRecord | null; now: HostMoment } | null> {
    const { fence, now } = await this.look();
    return fence === null ? null : { fence, record: await this.read(fence), now };
  }

  /** Of two who create one number, one succeeds. */
  create(fence: number, record: LockRecord): Promise<boolean> {
    return this.#store.create(this.#path(fence), text(record), 0o600);
  }

  /** @param unique digits that no one else uses */
  replace(fence: number, record: LockRecord, unique: string): Promise<void> {
    return this.#store.replace(this.#path(fence), text(record), 0o600, temporaryName(fence, unique));
  }

  /** Removes what came before a number, also what a client left that was killed while it renewed. */
  async removeBelow(fence: number): Promise<void> {
    const names = await this.#store.list(this.#folder);
    const outdated = names.filter((name) => (fenceOf(name) ?? temporaryFenceOf(name) ?? fence) < fence);
    await Promise.all(outdated.map((name) => this.#store.remove(posix.join(this.#folder, name))));
  }

  /** Takes back a number that was created and is not the highest. */
  remove(fence: number): Promise<void> {
    return this.#store.remove(this.#path(fence));
  }

  /**
   * The number before the first: the host's time in seconds, so that numbers go on growing where the
   * state was lost and the proxy still knows the old ones.
   */
  async seed(): Promise<number> {
    await this.#store.makeFolder(this.#folder, 0o700);
    const path = posix.join(this.#folder, SEED);
    await this.#store.create(path, "", 0o600);
    return (await this.#store.changedAt(path)) ?? 0;
  }

  #path(fence: number): string {
    return posix.join(this.#folder, `${fence}.json`);
  }
}

/**
 * What a record is written as before it is renamed. It bears the lock's number, by which one that was
 * left is told from a renewal under way: whose number is no longer the highest renews no more.
 */
function temporaryName(fence: number, unique: string): string {
  return `${fence}.${unique}`;
}

/** The number in the name of a file that was left; they begin with a dot. */
function temporaryFenceOf(fileName: string): number | null {
  const digits = /^\.(\d+)\.[0-9a-f]+$/.exec(fileName)?.[1];
  return digits === undefined ? null : Number(digits);
}

function text(record: LockRecord): string {
  return `${JSON.stringify(record)}\n`;
}
