import { setTimeout as pause } from "node:timers/promises";
import { DeployError } from "../errors/index.ts";
import { lockHeld } from "./held.ts";
import { type HeldByOther, HostLock, type LockTools } from "./host-lock.ts";
import type { LockFiles } from "./lock-files.ts";
import { type Holder, type HostMoment, judge } from "./record.ts";

/**
 * Takes one host's lock for a person: it is held until it is freed, whatever becomes of the command.
 *
 * @throws DeployError LOCK_HELD
 */
export async function holdByHand(
  host: string,
  files: LockFiles,
  holder: Holder,
  tools: LockTools,
): Promise<HostLock> {
  const outcome = await HostLock.take(files, holder, tools, null);
  if (outcome instanceof HostLock) return outcome;
  throw lockHeld(host, outcome);
}

/** Who holds a host's lock; null: nobody. */
export async function lockOn(files: LockFiles): Promise<(HeldByOther & { fence: number }) | null> {
  const found = await files.current();
  if (found === null || found.record === null) return null;
  const verdict = judge(found.record, found.now);
  return verdict.kind === "free" ? null : { fence: found.fence, record: found.record, verdict };
}

/** How often the host's clock is looked at. */
const LOOK_EVERY_MS = 500;
/** Beyond the lease that is broken: for the way there and back. */
const SPARE_MS = 30_000;

/**
 * Takes a host's lock from its holder and frees it, once they can act no more: they stop at their next
 * renewal, and where they cannot even notice, their watchdog ends their session when their lease is over.
 *
 * @param whileOurs done before it is freed
 */
export async function breakLock(
  files: LockFiles,
  holder: Holder,
  tools: LockTools,
  signal: AbortSignal,
  whileOurs: () => Promise<void>,
): Promise<void> {
  const before = await files.current();
  const lease = before?.record?.leaseUntil ?? null;
  const left = lease === null || before === null ? 0 : Math.max(0, lease.uptimeMs - before.now.uptimeMs);
  const ours = await HostLock.takeAway(files, holder, tools, left + SPARE_MS);
  try {
    if (before !== null && lease !== null) await leaseOver(files, before.fence, lease, signal);
    await whileOurs();
  } finally {
    await ours.release();
  }
}

/** The holder may have been about to renew when we came; then its lease is the one that it wrote. */
async function leaseOver(
  files: LockFiles,
  fence: number,
  lease: HostMoment,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const [{ now }, record] = await Promise.all([files.look(), files.read(fence)]);
    const until = record?.leaseUntil ?? lease;
    if (until.bootId !== now.bootId || now.uptimeMs >= until.uptimeMs) return;
    if (signal.aborted)
      throw new DeployError("INTERRUPTED", { cause: "interrupted while the holder is let run out" });
    await pause(LOOK_EVERY_MS);
  }
}

/** Frees a host's lock that a person took. One that is free already stays so. */
export async function freeByHand(files: LockFiles, { random }: LockTools): Promise<void> {
  const found = await files.current();
  if (found?.record?.state !== "held") return;
  await files.replace(found.fence, { ...found.record, state: "released" }, random.hex(8));
}
