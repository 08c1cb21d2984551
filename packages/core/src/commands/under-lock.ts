import { ratherLost } from "../lock/rather-lost.ts";
import { type LockRequest, takeLock } from "../lock/take-lock.ts";
import { TOKEN_VARIABLE } from "../lock/token.ts";
import type { FleetState, HostState } from "../observe/host-state.ts";
import { AT_A_TIME, observeFleet, observeHost } from "../observe/observe.ts";
import type { AtWork, Connected } from "./at-work.ts";
import { lockHost } from "./lock-host.ts";
import { performer } from "./project.ts";
import { question } from "./proxy-wanted.ts";
import { recover } from "./recover.ts";
import { waitForLock } from "./wait-for-lock.ts";

/**
 * Does something while the app's lock is held on every host, and frees it at every end. What earlier
 * runs have left behind is cleared up first, and the work is given what each host looks like then. Under
 * the lock of the command that started us it is done under that.
 *
 * @throws DeployError LOCK_HELD when someone else is at work
 */
export async function underLock<R>(
  command: string,
  version: string | null,
  connected: Connected,
  work: (seen: FleetState, at: AtWork) => Promise<R>,
): Promise<R> {
  const { fleet, context, project } = connected;
  const { clock, random, events, env } = context;
  const { folders } = project;
  const token = env[TOKEN_VARIABLE] ?? null;
  const by = performer(context);
  const asked = question(context, project);
  const looks = new Map<string, Promise<HostState>>();
  // Since then the lock was nobody's or is ours, so that what is seen is what is there under it.
  const seenFree = (name: string) => {
    if (fleet.hosts.length > AT_A_TIME) return;
    const look = fleet.on(name, (host) => observeHost(host, asked));
    // Its failure is told to whoever waits for it.
    look.catch(() => undefined);
    looks.set(name, look);
  };
  const request: LockRequest = { folders, command, version, by, token, clock, random, events, seenFree };
  const lock = await waitForLock(context, () => takeLock(fleet.hosts.map(lockHost), request));
  fleet.onReconnect(async (host) => {
    await lock.rejoin(lockHost(host), folders);
    const message = "the connection or Docker broke off, and is there again";
    events({ at: clock.now(), type: "warning", host: host.name, message });
  });
  fleet.onGivenUp((host) => lock.giveUp(host));
  try {
    const at = { ...connected, lock };
    const [seen] = await Promise.all([observeFleet(fleet, asked, looks), lock.watched()]);
    // The journal of the command that started us is not one that somebody left.
    const recovered = !lock.borrowed && (await recover(seen, at));
    return await work(recovered ? await observeFleet(fleet, asked) : seen, at);
  } catch (error) {
    throw await ratherLost(lock, error);
  } finally {
    // A connection that just dropped is waited for, or its lock would have to run out.
    await Promise.allSettled(fleet.hosts.map(({ name }) => fleet.on(name, async () => undefined)));
    await lock.release();
  }
}
