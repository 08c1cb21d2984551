import { freeByHand, lockOn } from "../lock/by-hand.ts";
import { stopped } from "../run/ending.ts";
import { breakOn } from "./break-lock.ts";
import type { CommandContext } from "./context.ts";
import type { LockChange, LockReleaseOptions } from "./lock-options.ts";
import { factsOf, holderFor, onFiles, onLock, openHosts } from "./on-lock.ts";

/**
 * Frees the app's lock on every host. That of a command at work is broken only on confirmation: the
 * holder is stopped, and it is free when nothing of it can act any more.
 *
 * @throws DeployError USAGE where nobody can be asked; HOST_UNREACHABLE when no host could be reached
 */
export function lockRelease(context: CommandContext, { confirm }: LockReleaseOptions): Promise<LockChange> {
  return onLock(
    "lock release",
    context,
    async (lock) => {
      const { project, named, telling } = lock;
      using fleet = await openHosts(context, lock);
      const found = await Promise.all(
        fleet.hosts.map(async (host) => ({ host, held: await onFiles(host, project, lockOn) })),
      );
      const held = found.flatMap(({ host, held }) =>
        held === null ? [] : [{ host, facts: factsOf(host.name, held) }],
      );
      const live = held.filter(({ facts }) => facts.remainingMs !== null);
      const [first] = live;
      if (first !== undefined && !(await confirm(first.facts))) return { ...named, hosts: [], broken: [] };
      await Promise.all(
        held.map(({ host, facts }) =>
          onFiles(host, project, (files) => {
            if (facts.remainingMs === null) return freeByHand(files, context);
            const ourselves = holderFor("lock release", context, null);
            return breakOn(host, files, facts, ourselves, context, project, telling);
          }),
        ),
      );
      if (context.signal.aborted) throw stopped(context.signal);
      return {
        ...named,
        hosts: held.map(({ host }) => host.name),
        broken: live.map(({ host }) => host.name),
      };
    },
    ({ hosts }) => (hosts.length === 0 ? "there was nothing to free" : "freed"),
  );
}
