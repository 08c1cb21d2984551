import { expect, test } from "vitest";
import type { DeployEvent } from "../events/event.ts";
import { lockHeld } from "../lock/held.ts";
import type { Lock } from "../lock/held-lock.ts";
import type { HeldByOther } from "../lock/host-lock.ts";
import { waitForLock } from "./wait-for-lock.ts";

/** What a try ends with while someone else is at work. */
function held(over: { by?: string; remainingMs?: number | null } = {}) {
  const { by = "anna@laptop", remainingMs = 20_000 } = over;
  const moment = { bootId: "b1", uptimeMs: 1 };
  const holder = { by, pid: 7, command: "deploy", version: "v2", step: null, message: null, token: null };
  const record: HeldByOther["record"] = {
    schemaVersion: 1,
    holder,
    takenAt: moment,
    leaseUntil: moment,
    state: "held",
  };
  return lockHeld("web1", { record, verdict: { kind: "held", forMs: 1_000, remainingMs } });
}

/** Waits with tries that end as given, and time that passes by a second at each. */
function waiting(lockWait: { timeoutMs: number; intervalMs: number } | null, ...tries: unknown[]) {
  const events: DeployEvent[] = [];
  const stop = new AbortController();
  let now = 0;
  const context = {
    lockWait,
    clock: { now: () => now, monotonic: () => now },
    signal: stop.signal,
    events: (event: DeployEvent) => void events.push(event),
  };
  const taken = waitForLock(context, async () => {
    now += 1_000;
    const next = tries.shift();
    if (next instanceof Error) throw next;
    return next as Lock;
  });
  return { taken, events, stop };
}

const PATIENT = { timeoutMs: 900_000, intervalMs: 1 };

test("does not wait unless it was asked to", async () => {
  await expect(waiting(null, held()).taken).rejects.toMatchObject({ code: "LOCK_HELD" });
});

test("waits until the holder is done, and tells of each holder once", async () => {
  const { taken, events } = waiting(PATIENT, held(), held(), held({ by: "bob@ci" }), "the lock");
  await expect(taken).resolves.toBe("the lock");
  expect(events.map((event) => "message" in event && event.message)).toEqual([
    "waiting for the lock of anna@laptop (process 7): deploy of version v2",
    "waiting for the lock of bob@ci (process 7): deploy of version v2",
  ]);
});

test("does not wait for a lock that was taken by hand", async () => {
  const { taken, events } = waiting(PATIENT, held({ remainingMs: null }));
  await expect(taken).rejects.toMatchObject({ code: "LOCK_HELD" });
  expect(events).toEqual([]);
});

test("gives up when the time is over, and says how long it waited", async () => {
  const { taken } = waiting({ timeoutMs: 2_000, intervalMs: 1 }, held(), held());
  await expect(taken).rejects.toMatchObject({
    code: "LOCK_HELD",
    facts: { cause: expect.stringMatching(/^after 2 s of waiting: anna@laptop/) },
  });
});

test("ends on Ctrl-C", async () => {
  const { taken, stop } = waiting({ timeoutMs: 900_000, intervalMs: 60_000 }, held());
  stop.abort("SIGINT");
  await expect(taken).rejects.toMatchObject({ code: "INTERRUPTED" });
});

test("what is not about the lock ends it", async () => {
  await expect(waiting(PATIENT, new Error("no room left")).taken).rejects.toThrow("no room left");
});
