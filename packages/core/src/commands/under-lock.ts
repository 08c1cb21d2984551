import type { Fleet } from "../hosts/fleet.ts";
import type { Lock } from "../lock/held-lock.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { CommandContext } from "./context.ts";
import { type Project, performer } from "./project.ts";

/**
 * Does something while the app's lock is held on every host, and frees it at every end.
 *
 * @throws DeployError LOCK_HELD when someone else is at work
 */
export async function underLock<R>(
  command: string,
  version: string | null,
  fleet: Fleet,
  context: CommandContext,
  project: Project,
  work: (lock: Lock) => Promise<R>,
): Promise<R> {
  const { clock, random, events } = context;
  const by = performer(context);
  const lock = await takeLock(fleet.hosts, {
    folders: project.folders,
    command,
    version,
    by,
    clock,
    random,
    events,
  });
  try {
    return await work(lock);
  } finally {
    await lock.release();
  }
}
