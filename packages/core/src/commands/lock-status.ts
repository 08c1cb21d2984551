import type { DeployError } from "../errors/index.ts";
import { Fleet, type Reached, reachEach } from "../hosts/fleet.ts";
import { together } from "../hosts/together.ts";
import { lockOn } from "../lock/by-hand.ts";
import type { CommandContext } from "./context.ts";
import type { LockStatus } from "./lock-options.ts";
import { factsOf, onFiles, onLock } from "./on-lock.ts";
import { fleetRequest, type Project } from "./project.ts";

/**
 * Says who holds the app's lock on each host.
 *
 * @throws DeployError when no host could be asked
 */
export function lockStatus(context: CommandContext): Promise<LockStatus> {
  return onLock(
    "lock status",
    context,
    async ({ project, hosts, named }) => {
      const reached = await reachEach(await fleetRequest(context, project, hosts));
      using _ = new Fleet(reached.flatMap((one) => ("connection" in one ? [one.connection] : [])));
      const errors = reached.flatMap((one) => ("error" in one ? [one.error] : []));
      if (errors.length > 0 && errors.length === reached.length) throw together(errors);
      return { ...named, hosts: await Promise.all(reached.map((one) => statusOf(one, project))) };
    },
    ({ hosts }) => `looked at ${hosts.length} hosts`,
  );
}

async function statusOf(one: Reached, project: Project): Promise<LockStatus["hosts"][number]> {
  if ("error" in one) return { host: one.host, held: null, error: one.error.facts.cause };
  const { host, connection } = one;
  try {
    const held = await onFiles(connection, project, lockOn);
    return { host, held: held === null ? null : factsOf(host, held), error: null };
  } catch (error) {
    return { host, held: null, error: (error as DeployError).facts.cause };
  }
}
