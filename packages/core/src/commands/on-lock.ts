import { hostFailure } from "../hosts/failure.ts";
import { type Fleet, openFleet } from "../hosts/fleet.ts";
import type { Host } from "../hosts/host.ts";
import type { HeldByOther } from "../lock/host-lock.ts";
import { LockFiles } from "../lock/lock-files.ts";
import type { Holder } from "../lock/record.ts";
import { asCommand, type Telling } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import type { HeldLockFacts } from "./lock-options.ts";
import { fleetRequest, openProject, type Project, performer } from "./project.ts";
import { EVERYWHERE, scopeOf } from "./scope.ts";

/** What a verb of `deploy lock` works on. */
export interface AppLock {
  project: Project;
  /** The hosts in the order in which the lock is taken: the primary host first. */
  hosts: string[];
  /** How its result begins. */
  named: { service: string; destination: string | null };
  telling: Telling;
}

/**
 * Carries a verb of `deploy lock` out, told and ended like any other command.
 *
 * @param summary what it did, in a few words
 * @throws DeployError whatever the verb throws, and CONFIG_INVALID
 */
export function onLock<R>(
  command: string,
  context: CommandContext,
  act: (lock: AppLock) => Promise<R>,
  summary: (result: R) => string,
): Promise<R> {
  const begun = async (telling: Telling) => {
    const project = await openProject(context);
    const { app, service, destination } = project.config;
    const { hosts } = scopeOf(project.config, EVERYWHERE);
    telling.started({ service: app, version: null, hosts });
    return act({ project, hosts, named: { service, destination }, telling });
  };
  return asCommand(command, context, begun, summary);
}

/**
 * Connects to every host of the app.
 *
 * @throws DeployError HOST_UNREACHABLE and its like where one cannot be reached
 */
export async function openHosts(context: CommandContext, { project, hosts }: AppLock): Promise<Fleet> {
  return openFleet(await fleetRequest(context, project, hosts));
}

/** A person who holds the lock by this command. */
export function holderFor(command: string, context: CommandContext, message: string | null): Holder {
  const by = performer(context);
  return { by, pid: process.pid, command, version: null, step: null, message, token: null };
}

/** @throws DeployError where the host's files cannot be reached */
export async function onFiles<T>(
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

/** What is told of a lock that is held. */
export function factsOf(
  host: string,
  { record, verdict, fence }: HeldByOther & { fence: number },
): HeldLockFacts {
  const { by, pid, command, version, step, message } = record.holder;
  const { forMs, remainingMs } = verdict;
  return { host, by, pid, command, version, step, message, forMs, remainingMs, fence };
}
