import { DeployError } from "../errors/index.ts";
import { hostFailure } from "../hosts/failure.ts";
import { Fleet, openFleet, type Reached, reachEach } from "../hosts/fleet.ts";
import type { Host } from "../hosts/host.ts";
import { together } from "../hosts/together.ts";
import { freeByHand, holdByHand, lockOn } from "../lock/by-hand.ts";
import type { HeldByOther } from "../lock/host-lock.ts";
import { LockFiles } from "../lock/lock-files.ts";
import type { Holder } from "../lock/record.ts";
import { stopped } from "../run/ending.ts";
import { asCommand, type Telling } from "./as-command.ts";
import { breakOn } from "./break-lock.ts";
import type { CommandContext } from "./context.ts";
import type {
  HeldLockFacts,
  LockAcquireOptions,
  LockChange,
  LockReleaseOptions,
  LockStatus,
} from "./lock-options.ts";
import { fleetRequest, openProject, type Project, performer } from "./project.ts";
import { EVERYWHERE, scopeOf } from "./scope.ts";

/**
 * Says who holds the app's lock on each host.
 *
 * @throws DeployError when no host could be asked
 */
export function lockStatus(context: CommandContext): Promise<LockStatus> {
  return asCommand(
    "lock status",
    context,
    async (telling) => {
      const project = await begun(context, telling);
      const reached = await reachEach(await fleetRequest(context, project, hostsOf(project)));
      using _ = new Fleet(reached.flatMap((one) => ("connection" in one ? [one.connection] : [])));
      const errors = reached.flatMap((one) => ("error" in one ? [one.error] : []));
      if (errors.length > 0 && errors.length === reached.length) throw together(errors);
      const hosts = await Promise.all(reached.map((one) => statusOf(one, project)));
      return { ...named(project), hosts };
    },
    ({ hosts }) => `looked at ${hosts.length} hosts`,
  );
}

/**
 * Locks the app for a person, until it is freed: nothing is deployed meanwhile.
 *
 * @throws DeployError LOCK_HELD
 */
export function lockAcquire(context: CommandContext, options: LockAcquireOptions): Promise<LockChange> {
  return asCommand(
    "lock acquire",
    context,
    async (telling) => {
      const project = await begun(context, telling);
      using fleet = await openFleet(await fleetRequest(context, project, hostsOf(project)));
      const holder = { ...holderFor("lock acquire", context), message: options.message };
      const taken: string[] = [];
      try {
        // One after another in one order, so that of two who want it one gets all.
        for (const host of fleet.hosts) {
          await onFiles(host, project, (files) => holdByHand(host.name, files, holder, context));
          taken.push(host.name);
        }
      } catch (error) {
        const freed = await Promise.allSettled(
          taken.map((name) => onFiles(fleet.host(name), project, (files) => freeByHand(files, context))),
        );
        const kept = freed.flatMap((one) => (one.status === "rejected" ? [one.reason as DeployError] : []));
        // What stood in the way comes first, and where the lock stays held besides it.
        throw error instanceof DeployError ? together([error, ...kept]) : error;
      }
      return { ...named(project), hosts: taken, broken: [] };
    },
    () => "locked",
  );
}

/**
 * Frees the app's lock on every host. That of a command at work is broken only on confirmation: the
 * holder is stopped, and it is free when nothing of it can act any more.
 *
 * @throws DeployError USAGE where nobody can be asked; HOST_UNREACHABLE when no host could be reached
 */
export function lockRelease(context: CommandContext, options: LockReleaseOptions): Promise<LockChange> {
  return asCommand(
    "lock release",
    context,
    async (telling) => {
      const project = await begun(context, telling);
      using fleet = await openFleet(await fleetRequest(context, project, hostsOf(project)));
      const found = await Promise.all(
        fleet.hosts.map(async (host) => ({ host, held: await onFiles(host, project, lockOn) })),
      );
      const held = found.flatMap(({ host, held }) =>
        held === null ? [] : [{ host, held, facts: factsOf(host.name, held) }],
      );
      const live = held.filter(({ facts }) => facts.remainingMs !== null);
      const [first] = live;
      if (first !== undefined && !(await options.confirm(first.facts)))
        return { ...named(project), hosts: [], broken: [] };
      await Promise.all(
        held.map(async ({ host, facts }) => {
          if (facts.remainingMs === null)
            return onFiles(host, project, (files) => freeByHand(files, context));
          const ourselves = holderFor("lock release", context);
          return onFiles(host, project, (files) =>
            breakOn(host, files, facts, ourselves, context, project, telling),
          );
        }),
      );
      if (context.signal.aborted) throw stopped(context.signal);
      return {
        ...named(project),
        hosts: held.map(({ host }) => host.name),
        broken: live.map(({ host }) => host.name),
      };
    },
    ({ hosts }) => (hosts.length === 0 ? "there was nothing to free" : "freed"),
  );
}

async function begun(context: CommandContext, telling: Telling): Promise<Project> {
  const project = await openProject(context);
  telling.started({ service: project.config.app, version: null, hosts: hostsOf(project) });
  return project;
}

/** In the order in which the lock is taken: the primary host first. */
function hostsOf({ config }: Project): string[] {
  return scopeOf(config, EVERYWHERE).hosts;
}

function named({ config }: Project): { service: string; destination: string | null } {
  return { service: config.service, destination: config.destination };
}

function holderFor(command: string, context: CommandContext): Holder {
  const by = performer(context);
  return { by, pid: process.pid, command, version: null, step: null, message: null, token: null };
}

async function onFiles<T>(
  host: Host,
  { folders }: Project,
  act: (files: LockFiles) => Promise<T>,
): Promise<T> {
  try {
    return await act(new LockFiles(await host.files(), folders.locks));
  } catch (error) {
    throw hostFailure(host.name, "look at the lock", error);
  }
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

function factsOf(host: string, { record, verdict, fence }: HeldByOther & { fence: number }): HeldLockFacts {
  const { by, pid, command, version, step, message } = record.holder;
  const { forMs, remainingMs } = verdict;
  return { host, by, pid, command, version, step, message, forMs, remainingMs, fence };
}
