import {
  chmod,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DeployEvent } from "../events/event.ts";
import { breakLock, freeByHand, holdByHand } from "./by-hand.ts";
import type { Lock } from "./held-lock.ts";
import { LEASE_MS } from "./host-lock.ts";
import { LockFiles, type LockStore } from "./lock-files.ts";
import type { LockHost } from "./lock-host.ts";
import { takeLock } from "./take-lock.ts";

/**
 * Stands for a host's files over SFTP: a real folder with real exclusive creation and renames, but
 * with a clock that the test sets.
 */
class FolderHost implements LockHost {
  readonly name: string;
  readonly folder: string;
  uptimeMs = 1_000_000;
  bootId = "b1";
  /** What everything fails with from here on; empty: nothing fails. */
  away = "";

  constructor(name: string, folder: string) {
    this.name = name;
    this.folder = folder;
  }

  async files(): Promise<LockStore> {
    const at = (path: string) => {
      if (this.away) throw new Error(this.away);
      return join(this.folder, path);
    };
    const missing =
      <T>(value: T) =>
      (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return value;
        throw error;
      };
    return {
      read: async (path) => {
        const local = at(path);
        if (path === "/proc/uptime") return Buffer.from(`${this.uptimeMs / 1000} 1.00\n`);
        if (path.endsWith("/boot_id")) return Buffer.from(`${this.bootId}\n`);
        return readFile(local).catch(missing(null));
      },
      list: async (path) => readdir(at(path)).catch(missing([])),
      create: async (path, data, mode) => {
        const local = at(path);
        try {
          const file = await open(local, "wx", mode);
          await file.writeFile(data);
          await file.close();
          return true;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
          throw error;
        }
      },
      replace: async (path, data, mode, temporary) => {
        const local = at(path);
        const beside = join(dirname(local), `.${temporary}`);
        await writeFile(beside, data);
        await chmod(beside, mode);
        await rename(beside, local);
      },
      remove: async (path) => rm(at(path), { force: true }),
      changedAt: async (path) => {
        const found = await stat(at(path)).catch(missing(null));
        return found === null ? null : Math.floor(found.mtimeMs / 1000);
      },
      makeFolder: async (path, mode) => {
        await mkdir(at(path), { recursive: true, mode });
      },
    };
  }

  /** What its watchdog was told: the ends of leases, in seconds of uptime; `dismissed` at the end. */
  readonly told: string[] = [];

  attendant = async (_text: string, args: readonly string[]) => {
    this.told.push(...args);
    return {
      says: async () => true,
      tell: (line: string) => void this.told.push(line),
      dismiss: () => void this.told.push("dismissed"),
    };
  };

  locks(): Promise<string[]> {
    return readdir(join(this.folder, "locks")).then((names) => names.filter((name) => name !== ".seed"));
  }
}

let folder: string;
let one: FolderHost;
let two: FolderHost;
let events: DeployEvent[];
let now: number;
let ticks: Set<() => void>;
let hexes: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-test-"));
  one = new FolderHost("one", join(folder, "1"));
  two = new FolderHost("two", join(folder, "2"));
  events = [];
  now = 0;
  ticks = new Set();
  hexes = 0;
});
// A renewal that a test has set going may still write while its folder is removed.
afterEach(() => rm(folder, { recursive: true, maxRetries: 10, retryDelay: 10 }));

/** A write that ends where a killed client's does: before the rename. */
function leavesItsTemporary(host: FolderHost): LockStore["replace"] {
  return async (path, data, _mode, temporary) => {
    await writeFile(join(host.folder, dirname(path), `.${temporary}`), data);
    throw new Error("killed");
  };
}

function take(
  hosts: LockHost[],
  changes: { by?: string; token?: string; seenFree?: (host: string) => void } = {},
): Promise<Lock> {
  const timer = {
    every(_ms: number, act: () => void) {
      ticks.add(act);
      return () => void ticks.delete(act);
    },
  };
  const request = {
    folders: { locks: "/locks" },
    command: "deploy",
    version: "3f2a1c",
    by: "anna@laptop",
    token: null,
    clock: { now: () => now, monotonic: () => now },
    random: { hex: (bytes: number) => String(hexes++).padStart(bytes * 2, "0") },
    events: (event: DeployEvent) => void events.push(event),
    ...changes,
  };
  return takeLock(hosts, request, timer);
}

/** Lets time pass here and on the hosts, and the timer go off. */
function pass(ms: number, hosts: FolderHost[] = [one, two]): void {
  now += ms;
  for (const host of hosts) host.uptimeMs += ms;
  for (const tick of ticks) tick();
}

const record = async (host: FolderHost) =>
  JSON.parse(
    await readFile(join(host.folder, "locks", (await host.locks()).toSorted().at(-1) ?? ""), "utf8"),
  );

test("names who holds it, since when, what for and what to do", async () => {
  await take([one]);
  one.uptimeMs += 12_000;
  await expect(take([one], { by: "bob@ci" })).rejects.toMatchObject({
    code: "LOCK_HELD",
    facts: {
      cause: `anna@laptop (process ${process.pid}) is at work here since 12 s: deploy of version 3f2a1c`,
      host: "one",
      hint: "wait for it with --lock-wait, or end it: deploy lock release; if it was killed, its lock runs out by itself in 18 s",
    },
  });
});

test("is taken by exactly one of many who want it at once", async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => take([one, two])));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("can be taken again once it is released, with a higher number", async () => {
  const first = await take([one]);
  const before = first.fence("one");
  await first.release();
  expect((await take([one])).fence("one")).toBe(before + 1);
});

test("what a client left that was killed within a renewal is gone after the next command", async () => {
  const files = await one.files();
  const killed = await take([one]);
  const dies = new LockFiles({ ...files, replace: leavesItsTemporary(one) }, "/locks");
  await expect(dies.replace(killed.fence("one"), await record(one), "0b5e")).rejects.toThrow("killed");
  expect(await one.locks()).toContain(`.${killed.fence("one")}.0b5e`);
  one.uptimeMs += LEASE_MS;
  const next = await take([one]);
  await next.release();
  expect(await one.locks()).toEqual([`${next.fence("one")}.json`]);
});

test("a renewal under way keeps its file while older locks are removed", async () => {
  const lock = await take([one]);
  const renewing = `.${lock.fence("one")}.0b5e`;
  await writeFile(join(one.folder, "locks", renewing), "{}");
  await new LockFiles(await one.files(), "/locks").removeBelow(lock.fence("one"));
  expect(await one.locks()).toContain(renewing);
});

test("numbers only grow, also where the state was lost", async () => {
  const first = await take([one]);
  const before = first.fence("one");
  await rm(join(one.folder, "locks"), { recursive: true });
  expect((await take([one])).fence("one")).toBeGreaterThanOrEqual(before);
});

test("is taken on every host or on none", async () => {
  await take([two], { by: "bob@ci" });
  await expect(take([one, two])).rejects.toMatchObject({ code: "LOCK_HELD", facts: { host: "two" } });
  await expect(take([one])).resolves.toBeDefined();
});

test("asks the other hosts nothing while the first is held", async () => {
  await take([one]);
  await expect(take([one, two])).rejects.toMatchObject({ code: "LOCK_HELD" });
  await expect(two.locks()).rejects.toMatchObject({ code: "ENOENT" });
});

test("is taken over when its lease is over on the host's clock", async () => {
  const lost = await take([one]);
  const before = lost.fence("one");
  one.uptimeMs += LEASE_MS;
  expect((await take([one])).fence("one")).toBe(before + 1);
});

test("is taken over when the host was started anew", async () => {
  await take([one]);
  one.bootId = "b2";
  one.uptimeMs = 5;
  await expect(take([one])).resolves.toBeDefined();
});

test("outlives its first lease by being renewed", async () => {
  const lock = await take([one, two]);
  for (let round = 0; round < 4; round++) {
    pass(LEASE_MS / 2);
    await expect.poll(async () => (await record(one)).leaseUntil.uptimeMs).toBe(one.uptimeMs + LEASE_MS);
  }
  await expect(take([one])).rejects.toMatchObject({ code: "LOCK_HELD" });
  expect(lock.lost.aborted).toBe(false);
});

test("tells those who find it held what it is at", async () => {
  const lock = await take([one]);
  lock.atStep("pull the image");
  pass(5_000);
  await expect.poll(async () => (await record(one)).holder.step).toBe("pull the image");
  await expect(take([one])).rejects.toMatchObject({ facts: { details: ["it is at: pull the image"] } });
});

test("is lost when it could not be renewed in time", async () => {
  const lock = await take([one]);
  one.away = "the disk does not answer";
  pass(LEASE_MS);
  expect(lock.lost.reason).toMatchObject({ code: "LOCK_LOST", exitCode: 11 });
  expect(() => lock.fence("one")).toThrow("could not be renewed in time");
});

test("is not lost by one renewal that fails", async () => {
  const lock = await take([one]);
  one.away = "the disk does not answer";
  pass(5_000);
  await expect.poll(() => events.length).toBe(1);
  expect(events[0]).toMatchObject({ type: "warning", host: "one" });
  expect(lock.lost.aborted).toBe(false);
});

test("says nothing of a renewal over a connection that dropped, which is had again or given up", async () => {
  const lock = await take([one]);
  one.away = "Not connected";
  pass(5_000);
  one.away = "";
  await expect
    .poll(async () => {
      pass(0);
      return (await record(one)).leaseUntil.uptimeMs;
    })
    .toBe(one.uptimeMs + LEASE_MS);
  expect(events).toEqual([]);
  expect(lock.lost.aborted).toBe(false);
});

test("is lost to one who took it over while we were away", async () => {
  const frozen = await take([one]);
  one.uptimeMs += LEASE_MS;
  await take([one], { by: "bob@ci" });
  for (const tick of ticks) tick();
  await expect.poll(() => frozen.lost.aborted).toBe(true);
  expect(frozen.lost.reason).toMatchObject({
    facts: { cause: "the lock on one has passed to another deploy" },
  });
});

test("leaves the lock of the one who took over alone when it is released", async () => {
  const frozen = await take([one]);
  one.uptimeMs += LEASE_MS;
  await take([one], { by: "bob@ci" });
  for (const tick of ticks) tick();
  await expect.poll(() => frozen.lost.aborted).toBe(true);
  await frozen.release();
  await expect(take([one])).rejects.toMatchObject({ code: "LOCK_HELD" });
});

test("does not take a number for free that is still being written", async () => {
  const store = await one.files();
  await (await take([one])).release();
  const highest = Number((await one.locks())[0]?.split(".")[0]);
  // As a slow holder leaves it between opening the file and writing it.
  await store.create(`/locks/${highest + 1}.json`, "", 0o600);
  const slow = { ...store };
  slow.create = async (path, data, mode) => {
    const record = JSON.parse(String(data));
    await store.replace(
      `/locks/${highest + 1}.json`,
      JSON.stringify({ ...record, holder: { ...record.holder, by: "slow@ci" } }),
      mode,
      "x",
    );
    return store.create(path, data, mode);
  };
  await expect(
    take([{ name: "one", files: async () => slow, attendant: one.attendant }]),
  ).rejects.toMatchObject({
    facts: { cause: expect.stringContaining("slow@ci") },
  });
});

test("tells of each host as soon as its lock is seen to be free", async () => {
  const told: string[] = [];
  await take([one, two], { seenFree: (host) => told.push(host) });
  expect(told).toEqual(["one", "two"]);
});

test("tells once more that it is free where somebody took and freed it meanwhile", async () => {
  const store = await one.files();
  const told: string[] = [];
  const raced = { ...store };
  raced.create = async (path, data, mode) => {
    if (path.endsWith(".json")) {
      raced.create = store.create;
      await (await take([one], { by: "quick@ci" })).release();
    }
    return store.create(path, data, mode);
  };
  const host = { name: "one", files: async () => raced, attendant: one.attendant };
  await take([host], { seenFree: (name) => told.push(name) });
  expect(told).toEqual(["one", "one"]);
});

test("does not tell that it is free while what lies there cannot be read", async () => {
  await (await take([one])).release();
  const highest = Number((await one.locks())[0]?.split(".")[0]);
  await (await one.files()).create(`/locks/${highest + 1}.json`, "", 0o600);
  const told: string[] = [];
  await take([one], { seenFree: (host) => told.push(host) });
  expect(told).toEqual([]);
});

test("keeps one file a host when it is released", async () => {
  for (let round = 0; round < 3; round++) await (await take([one])).release();
  expect(await one.locks()).toHaveLength(1);
});

test("warns where it cannot be freed, and frees the others", async () => {
  const lock = await take([one, two]);
  one.away = "the disk does not answer";
  await lock.release();
  expect(events).toMatchObject([{ type: "warning", host: "one" }]);
  await expect(take([two])).resolves.toBeDefined();
});

test("gives no number for a host it was not taken on", async () => {
  const lock = await take([one]);
  expect(() => lock.fence("two")).toThrow("the lock was not taken on two");
});

test("has a watchdog told of each renewal, and sends it home at the end", async () => {
  const lock = await take([one]);
  expect(one.told).toEqual(["1028"]);
  pass(5_000);
  await expect.poll(() => one.told).toEqual(["1028", "1033"]);
  await lock.release();
  expect(one.told.at(-1)).toBe("dismissed");
});

test("goes on over a new connection with a new watchdog", async () => {
  const lock = await take([one]);
  now += 20_000;
  const again = new FolderHost("one", one.folder);
  again.uptimeMs = one.uptimeMs + 20_000;
  await lock.rejoin(again, { locks: "/locks" });
  expect(again.told).toEqual(["1048"]);
});

test("is lost when the way back to a host shows that another took it, though our clock stood still", async () => {
  const lock = await take([one]);
  one.uptimeMs += LEASE_MS;
  await take([one], { by: "bob@ci" });
  await expect(lock.rejoin(one, { locks: "/locks" })).rejects.toMatchObject({ code: "LOCK_LOST" });
  expect(lock.lost.aborted).toBe(true);
});

test("stays ours on the other hosts when one is out of reach for good", async () => {
  const lock = await take([one, two]);
  one.away = "the disk does not answer";
  lock.giveUp("one");
  pass(LEASE_MS - 1, [two]);
  await expect.poll(async () => (await record(two)).leaseUntil.uptimeMs).toBe(two.uptimeMs + LEASE_MS);
  pass(LEASE_MS - 1, [two]);
  expect(lock.lost.aborted).toBe(false);
  expect(lock.fence("two")).toBeGreaterThan(0);
  expect(() => lock.fence("one")).toThrow("the connection to one was lost");
});

test("is used by a command that its holder starts, and outlives that", async () => {
  const ours = await take([one, two]);
  const nested = await take([one, two], { by: "a hook", token: ours.environment["DEPLOY_LOCK"] ?? "" });
  expect(nested.borrowed).toBe(true);
  expect(nested.fence("two")).toBe(ours.fence("two"));
  expect(nested.environment).toEqual(ours.environment);
  await nested.release();
  await expect(take([one])).rejects.toMatchObject({ code: "LOCK_HELD" });
  expect(ours.fence("one")).toBeGreaterThan(0);
});

test("is lost to a nested command when its holder lets go", async () => {
  const ours = await take([one]);
  const nested = await take([one], { token: ours.environment["DEPLOY_LOCK"] ?? "" });
  await ours.release();
  for (const tick of ticks) tick();
  await expect.poll(() => nested.lost.aborted).toBe(true);
});

test("is taken as usual by whoever shows a token that nobody gave out", async () => {
  const ours = await take([one]);
  await expect(take([one], { token: "made-up" })).rejects.toMatchObject({ code: "LOCK_HELD" });
  await ours.release();
  expect((await take([one], { token: "made-up" })).borrowed).toBe(false);
});

test("keeps no token on the hosts, only its checksum", async () => {
  const ours = await take([one]);
  const text = JSON.stringify(await record(one));
  expect(text).not.toContain(ours.environment["DEPLOY_LOCK"]);
});

test("is held by hand until it is freed, whatever time passes, and says why", async () => {
  const files = new LockFiles(await one.files(), "/locks");
  const tools = { clock: { now: () => now, monotonic: () => now }, random: { hex: () => "aa" } };
  const holder = { by: "eve@ops", pid: 7, command: "lock acquire", version: null, step: null, token: null };
  await holdByHand("one", files, { ...holder, message: "moving the database" }, tools);
  one.uptimeMs += 10 * LEASE_MS;
  await expect(take([one])).rejects.toMatchObject({
    code: "LOCK_HELD",
    facts: {
      cause: "eve@ops has locked it by hand since 5 min: moving the database",
      hint: "ask them, then: deploy lock release",
    },
  });
  await freeByHand(files, tools);
  await expect(take([one])).resolves.toBeDefined();
});

test("is broken by taking it away, and free when the holder's lease is over on the host's clock", async () => {
  const theirs = await take([one]);
  const files = new LockFiles(await one.files(), "/locks");
  const tools = { clock: { now: () => now, monotonic: () => now }, random: { hex: () => "aa" } };
  const holder = { by: "eve@ops", pid: 7, command: "lock release", version: null, step: null, token: null };
  let freed = false;
  const breaking = breakLock(
    files,
    { ...holder, message: null },
    tools,
    new AbortController().signal,
    async () => {
      freed = true;
    },
  );
  await expect.poll(() => one.locks()).toHaveLength(2);
  for (const tick of ticks) tick();
  await expect.poll(() => theirs.lost.aborted).toBe(true);
  expect(freed).toBe(false);
  await expect(take([one])).rejects.toMatchObject({ facts: { cause: expect.stringContaining("eve@ops") } });
  one.uptimeMs += LEASE_MS;
  await breaking;
  expect(freed).toBe(true);
  await expect(take([one])).resolves.toBeDefined();
});
