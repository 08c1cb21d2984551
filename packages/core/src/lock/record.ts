import { z } from "zod";
import { UNCOMPILED } from "../uncompiled.ts";

/** The version of the record's shape that is written. Older ones are read, newer ones are taken for held. */
export const LOCK_SCHEMA = 1;

const moment = z.object({
  /** Changes with each start of the host. */
  bootId: z.string(),
  /** Milliseconds since that start. */
  uptimeMs: z.number(),
});

const holder = z.object({
  /** For people: `anna@laptop`. */
  by: z.string(),
  pid: z.number(),
  command: z.string(),
  version: z.string().nullable(),
  /** What it is about at the moment, for people; null before its first step. */
  step: z.string().nullable(),
  /** Why the lock is held, for a lock that a person took. */
  message: z.string().nullable(),
  /** A checksum of what commands that the holder starts show to use its lock; null: none may. */
  token: z.string().nullable().default(null),
});

const lockRecord = z.object({
  schemaVersion: z.number(),
  holder,
  takenAt: moment,
  /** Until when it is held, unless it is renewed before; null: until somebody frees it. */
  leaseUntil: moment.nullable(),
  state: z.enum(["held", "released"]),
});

/** A moment on a host's own monotonic clock, which nobody can set. */
export type HostMoment = z.infer<typeof moment>;

/** Who holds a lock, and why. */
export type Holder = z.infer<typeof holder>;

/**
 * The lock as it lies on a host. Its fencing number is the name of its file: of all files the one
 * with the highest number is the lock.
 */
export type LockRecord = z.infer<typeof lockRecord>;

/** Reads a lock's file; null for what cannot be read as one. */
export function parseLockRecord(text: string): LockRecord | null {
  try {
    return lockRecord.parse(JSON.parse(text), UNCOMPILED);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

/** `17.json` is 17; null for other names. */
export function fenceOf(fileName: string): number | null {
  const digits = /^(\d+)\.json$/.exec(fileName)?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * Whether a lock may be taken over, and if not, for how long.
 *
 * - `forMs`: since when it is held; after a restart of the host, at least.
 * - `remainingMs`: null for one that does not run out.
 */
export type Verdict = { kind: "free" } | { kind: "held"; forMs: number; remainingMs: number | null };

/**
 * Judges a lock by the host's own clock.
 *
 * @param record null where there is none, or none that can be read
 */
export function judge(record: LockRecord | null, now: HostMoment): Verdict {
  if (record === null || record.state === "released") return { kind: "free" };
  const since = record.takenAt.bootId === now.bootId ? record.takenAt.uptimeMs : 0;
  const forMs = Math.max(0, now.uptimeMs - since);
  if (record.leaseUntil === null) return { kind: "held", forMs, remainingMs: null };
  // A host that was started anew took everything down that the holder was about to change with it.
  if (record.leaseUntil.bootId !== now.bootId) return { kind: "free" };
  const remainingMs = record.leaseUntil.uptimeMs - now.uptimeMs;
  if (remainingMs <= 0) return { kind: "free" };
  return { kind: "held", forMs, remainingMs };
}
