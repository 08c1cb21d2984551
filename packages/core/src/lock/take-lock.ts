import type { Clock, Random } from "../commands/context.ts";
import type { DeployError } from "../errors/index.ts";
import type { EventSink } from "../events/event.ts";
import { hostFailure } from "../hosts/failure.ts";
import { lockHeld } from "./held.ts";
import { HeldLock, type Lock } from "./held-lock.ts";
import { HostLock } from "./host-lock.ts";
import { LockFiles, type LockStore } from "./lock-files.ts";
import type { Holder } from "./record.ts";
import { nodeTimer, type Timer } from "./timer.ts";

/** A host on which the lock is taken. */
export interface LockHost {
  name: string;
  files(): Promise<LockStore>;
}

export interface LockRequest {
  /** Where this service's locks lie on a host. */
  folders: { locks: string };
  /** What is to be done: `deploy`. */
  command: string;
  version: string | null;
  /** For people: `anna@laptop`. */
  by: string;
  clock: Clock;
  random: Random;
  events: EventSink;
}

/** In error messages. */
const STEP = "take the lock";

/**
 * Takes a service's lock on every host or on none: on the first one alone, so that of several who
 * want it one gets further, then on the others at once.
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
  const taken = new Map<string, HostLock>();
  try {
    if (first !== undefined) taken.set(first.name, await takeOn(first, request));
    const outcomes = await Promise.allSettled(others.map((host) => takeOn(host, request)));
    for (const [index, outcome] of outcomes.entries())
      if (outcome.status === "fulfilled") taken.set(others[index]?.name ?? "", outcome.value);
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  } catch (error) {
    await new HeldLock(taken, request, timer).release();
    throw error;
  }
  return new HeldLock(taken, request, timer);
}

async function takeOn(host: LockHost, request: LockRequest): Promise<HostLock> {
  const { command, version, by, clock, random } = request;
  const holder: Holder = { by, pid: process.pid, command, version, step: null, message: null };
  let outcome: Awaited<ReturnType<typeof HostLock.take>>;
  try {
    const files = new LockFiles(await host.files(), request.folders.locks);
    outcome = await HostLock.take(files, holder, { clock, random });
  } catch (error) {
    throw hostFailure(host.name, STEP, error);
  }
  if (outcome instanceof HostLock) return outcome;
  const held: DeployError = lockHeld(host.name, outcome);
  throw held;
}
