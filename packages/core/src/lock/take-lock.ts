import type { Clock, Random } from "../commands/context.ts";
import type { EventSink } from "../events/event.ts";
import { hostFailure } from "../hosts/failure.ts";
import { lockHeld } from "./held.ts";
import { HeldLock, type Lock } from "./held-lock.ts";
import { type HeldByOther, HostLock, type LockTools } from "./host-lock.ts";
import { LockFiles } from "./lock-files.ts";
import type { LockHost } from "./lock-host.ts";
import type { Holder } from "./record.ts";
import { nodeTimer, type Timer } from "./timer.ts";
import { checksumOf } from "./token.ts";

export interface LockRequest {
  /** Where this service's locks lie on a host. */
  folders: { locks: string };
  /** What is to be done: `deploy`. */
  command: string;
  version: string | null;
  /** For people: `anna@laptop`. */
  by: string;
  /** What the command that started ours gave us to use its lock; null: none did. */
  token: string | null;
  clock: Clock;
  random: Random;
  events: EventSink;
  /** Told of each host whose lock was seen to be free; see {@link LockTools.seenFree}. */
  seenFree?(host: string): void;
}

/** In error messages. */
const STEP = "take the lock";

/**
 * Takes a service's lock on every host or on none: on the first one alone, so that of several who
 * want it one gets further, then on the others at once. Watchdogs are being started when it returns.
 *
 * @param hosts the service's primary host first
 * @throws DeployError LOCK_HELD, naming who holds it; HOST_UNREACHABLE, DISK_FULL and the like
 */
export async function takeLock(
  hosts: readonly LockHost[],
  request: LockRequest,
  timer: Timer = nodeTimer,
): Promise<Lock> {
  const [first, ...others] = hosts;
  const token = request.token ?? request.random.hex(16);
  const takeOn = (host: LockHost) => takeOrBorrow(host, request, checksumOf(token));
  const taken = new Map<string, HostLock>();
  try {
    if (first !== undefined) taken.set(first.name, await takeOn(first));
    const outcomes = await Promise.allSettled(others.map((host) => takeOn(host)));
    for (const [index, outcome] of outcomes.entries())
      if (outcome.status === "fulfilled") taken.set(others[index]?.name ?? "", outcome.value);
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  } catch (error) {
    await new HeldLock(taken, request, timer, token).release();
    throw error;
  }
  const lock = new HeldLock(taken, request, timer, token);
  for (const host of hosts) lock.watch(host);
  return lock;
}

async function takeOrBorrow(host: LockHost, request: LockRequest, token: string): Promise<HostLock> {
  const { command, version, by, clock, random } = request;
  const holder: Holder = { by, pid: process.pid, command, version, step: null, message: null, token };
  let outcome: HostLock | HeldByOther;
  try {
    const files = new LockFiles(await host.files(), request.folders.locks);
    // A token that was made just now is nobody's.
    const borrowed = request.token === null ? null : await HostLock.borrow(files, token, { clock, random });
    outcome =
      borrowed ??
      (await HostLock.take(files, holder, { clock, random, seenFree: () => request.seenFree?.(host.name) }));
  } catch (error) {
    throw hostFailure(host.name, STEP, error);
  }
  if (outcome instanceof HostLock) return outcome;
  throw lockHeld(host.name, outcome);
}
