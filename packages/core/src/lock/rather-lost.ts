import { DeployError } from "../errors/index.ts";
import type { Lock } from "./held-lock.ts";

/**
 * Why work under a lock failed: where the lock is lost, that is why, whatever else went wrong. A client that was
 * frozen finds that others have removed what it was about to use, and would blame that.
 *
 * @param error what it failed with; one that says in what state things are left was looked into already
 */
export async function ratherLost(lock: Pick<Lock, "confirm" | "lost">, error: unknown): Promise<unknown> {
  if (error instanceof DeployError && error.facts.state !== undefined) return error;
  await lock.confirm();
  return lock.lost.aborted ? lock.lost.reason : error;
}
