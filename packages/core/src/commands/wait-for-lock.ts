import { setTimeout as pause } from "node:timers/promises";
import { DeployError } from "../errors/index.ts";
import { holderIn, isByHand, seconds } from "../lock/held.ts";
import type { Lock } from "../lock/held-lock.ts";
import type { HeldByOther } from "../lock/host-lock.ts";
import { stopped } from "../run/ending.ts";
import type { CommandContext } from "./context.ts";

type Waiting = Pick<CommandContext, "lockWait" | "clock" | "signal" | "events">;

/**
 * Takes a lock, and where it was asked for waits until its holder is done. A lock that a person holds
 * by hand is not waited for: it has no end that could be waited for.
 *
 * @throws DeployError LOCK_HELD, also when the time is over
 */
export async function waitForLock(context: Waiting, take: () => Promise<Lock>): Promise<Lock> {
  const { lockWait, clock, signal } = context;
  const startedAt = clock.monotonic();
  let told: string | null = null;
  for (;;) {
    try {
      return await take();
    } catch (error) {
      const holder = holderIn(error);
      if (lockWait === null || holder === null || isByHand(holder)) throw error;
      const waitedMs = clock.monotonic() - startedAt;
      if (waitedMs >= lockWait.timeoutMs) throw waitedInVain(error as DeployError, waitedMs);
      told = tell(holder, told, context);
    }
    await pause(lockWait.intervalMs, undefined, { signal }).catch(() => {
      throw stopped(signal);
    });
  }
}

/** Tells of each holder once. */
function tell({ record }: HeldByOther, told: string | null, { events, clock }: Waiting): string {
  const { by, pid, command, version } = record.holder;
  const who = `${by} (process ${pid}): ${version === null ? command : `${command} of version ${version}`}`;
  if (who !== told)
    events({ at: clock.now(), type: "warning", host: null, message: `waiting for the lock of ${who}` });
  return who;
}

function waitedInVain(error: DeployError, waitedMs: number): DeployError {
  const cause = `after ${seconds(waitedMs)} of waiting: ${error.facts.cause}`;
  return new DeployError(error.code, { ...error.facts, cause }, { cause: error.cause });
}
