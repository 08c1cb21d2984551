import { DeployError } from "../errors/index.ts";
import type { Fleet } from "../hosts/fleet.ts";
import { together } from "../hosts/together.ts";
import { freeByHand, holdByHand } from "../lock/by-hand.ts";
import type { CommandContext } from "./context.ts";
import type { LockAcquireOptions, LockChange } from "./lock-options.ts";
import { holderFor, onFiles, onLock, openHosts } from "./on-lock.ts";
import type { Project } from "./project.ts";

/**
 * Locks the app for a person, until it is freed: nothing is deployed meanwhile.
 *
 * @throws DeployError LOCK_HELD
 */
export function lockAcquire(context: CommandContext, { message }: LockAcquireOptions): Promise<LockChange> {
  return onLock(
    "lock acquire",
    context,
    async (lock) => {
      const { project, named } = lock;
      using fleet = await openHosts(context, lock);
      const holder = holderFor("lock acquire", context, message);
      const taken: string[] = [];
      try {
        // One after another in one order, so that of two who want it one gets all.
        for (const host of fleet.hosts) {
          await onFiles(host, project, (files) => holdByHand(host.name, files, holder, context));
          taken.push(host.name);
        }
      } catch (error) {
        const kept = await freeAgain(fleet, taken, project, context);
        // What stood in the way comes first, and where the lock stays held besides it.
        throw error instanceof DeployError ? together([error, ...kept]) : error;
      }
      return { ...named, hosts: taken, broken: [] };
    },
    () => "locked",
  );
}

/** @returns why it stays held on a host, for each where it does */
async function freeAgain(
  fleet: Fleet,
  hosts: readonly string[],
  project: Project,
  context: CommandContext,
): Promise<DeployError[]> {
  const freed = await Promise.allSettled(
    hosts.map((name) => onFiles(fleet.host(name), project, (files) => freeByHand(files, context))),
  );
  return freed.flatMap((one) => (one.status === "rejected" ? [one.reason as DeployError] : []));
}
