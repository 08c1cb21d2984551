import type { Fleet } from "../hosts/fleet.ts";
import type { Lock } from "../lock/held-lock.ts";
import { type LockRequest, takeLock } from "../lock/take-lock.ts";
import { TOKEN_VARIABLE } from "../lock/token.ts";
import type { CommandContext } from "./context.ts";
import { lockHost } from "./lock-host.ts";
import { type Project, performer } from "./project.ts";
import { recover } from "./recover.ts";
import { waitForLock } from "./wait-for-lock.ts";

/**
 * Does something while the app's lock is held on every host, and frees it at every end. What earlier
 * runs have left behind is cleared up first. Under the lock
 * of the command that started us it is done under that.
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
  const { clock, random, events, env } = context;
  const { folders } = project;
  const token = env[TOKEN_VARIABLE] ?? null;
  const by = performer(context);
  const request: LockRequest = { folders, command, version, by, token, clock, random, events };
  const lock = await waitForLock(context, () => takeLock(fleet.hosts.map(lockHost), request));
  fleet.onReconnect(async (host) => {
    await lock.rejoin(lockHost(host), folders);
    const message = "the connection or Docker broke off, and is there again";
    events({ at: clock.now(), type: "warning", host: host.name, message });
  });
  fleet.onGivenUp((host) => lock.giveUp(host));
  try {
    // The journal of the command that started us is not one that somebody left.
    if (!lock.borrowed) await recover(fleet, lock, context, project);
    return await work(lock);
  } finally {
    // A connection that just dropped is waited for, or its lock would have to run out.
    await Promise.allSettled(fleet.hosts.map(({ name }) => fleet.on(name, async () => undefined)));
    await lock.release();
  }
}
