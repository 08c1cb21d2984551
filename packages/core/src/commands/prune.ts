import { type PruneTarget, planPrune } from "../plan/prune-plan.ts";
import { asCommand, type Telling } from "./as-command.ts";
import { carryOut } from "./carry-out.ts";
import { connectAll } from "./connect-all.ts";
import type { CommandContext, HostFilter } from "./context.ts";
import { openProject } from "./project.ts";
import { scopeOf } from "./scope.ts";
import { underLock } from "./under-lock.ts";
import { writtenDown } from "./written-down.ts";

/** What `prune` can be asked. */
export interface PruneOptions {
  filter: HostFilter;
  target: PruneTarget;
  /** Releases to keep beside the one that serves; null: as configured. */
  retain: number | null;
}

/** What was removed on each host. */
export interface PruneResult {
  service: string;
  destination: string | null;
  hosts: { host: string; containers: string[]; images: string[] }[];
}

/**
 * Removes releases beyond those that are kept. Only what is this app's is ever looked at, and nothing
 * that runs goes.
 *
 * @throws DeployError
 */
export function prune(context: CommandContext, options: PruneOptions): Promise<PruneResult> {
  return asCommand("prune", context, (telling) => clear(context, options, telling), pruneSummary);
}

async function clear(
  context: CommandContext,
  { filter, target, retain }: PruneOptions,
  telling: Telling,
): Promise<PruneResult> {
  const project = await openProject(context);
  const { config } = project;
  const { service, destination } = config;
  const scope = scopeOf(config, { filter, skipUnreachable: false });
  const targets = scope.targets.map(({ host }) => host);
  telling.started({ service: config.app, version: null, hosts: targets });
  const { fleet: opened } = await connectAll(context, project, scope, telling);
  using fleet = opened;

  // Awaited here, since the connections are closed when this function returns.
  return await underLock("prune", null, { fleet, context, project, telling }, async (states, at) => {
    const targeted = states.filter(({ host }) => targets.includes(host));
    const planned = planPrune(targeted, retain ?? config.retainContainers, target);
    if (planned === null) return { service, destination, hosts: [] };
    const { plan, boots } = planned;
    const beside = writtenDown(project);
    const { pruned } = await carryOut(plan, { boots, beside }, at);
    return { service, destination, hosts: [...pruned].map(([host, removed]) => ({ host, ...removed })) };
  });
}

/** `removed 2 containers and 1 image on 1 host`. */
function pruneSummary({ hosts }: PruneResult): string {
  if (hosts.length === 0) return "nothing to prune";
  const removed = hosts.flatMap(({ containers, images }) => [...containers, ...images]);
  return `removed ${removed.length} containers and images on ${hosts.length} hosts`;
}
