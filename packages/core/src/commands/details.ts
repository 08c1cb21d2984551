import { hostFailure } from "../hosts/failure.ts";
import { Fleet, type Reached, reachEach } from "../hosts/fleet.ts";
import { together } from "../hosts/together.ts";
import type { HostState } from "../observe/host-state.ts";
import { observeHost } from "../observe/observe.ts";
import { releaseOfCandidate } from "../plan/candidate.ts";
import { asCommand } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import type { ContainerDetails, Details, DetailsOptions, HostDetails } from "./look-options.ts";
import { fleetRequest, openProject, type Project } from "./project.ts";
import { question } from "./proxy-wanted.ts";
import { chooseTargets, type Target } from "./targets.ts";

/**
 * Looks at every chosen host: the app's containers, and which of them the proxy sends requests to.
 * One that cannot be looked at is told of beside the others.
 *
 * @throws DeployError when none of them could be looked at
 */
export function details(context: CommandContext, options: DetailsOptions): Promise<Details> {
  return asCommand(
    "details",
    context,
    async (telling) => {
      const project = await openProject(context);
      const { config } = project;
      const targets = chooseTargets(config, options.filter);
      const names = targets.map(({ host }) => host);
      telling.started({ service: config.app, version: null, hosts: names });
      const reached = await reachEach(await fleetRequest(context, project, names));
      using _ = new Fleet(reached.flatMap((one) => ("connection" in one ? [one.connection] : [])));
      const errors = reached.flatMap((one) => ("error" in one ? [one.error] : []));
      if (errors.length > 0 && errors.length === reached.length) throw together(errors);
      const hosts = await Promise.all(
        targets.map((target, index) => lookAt(target, reached[index], context, project)),
      );
      return { service: config.service, destination: config.destination, hosts };
    },
    ({ hosts }) => `looked at ${hosts.length} hosts`,
  );
}

async function lookAt(
  target: Target,
  reached: Reached | undefined,
  context: CommandContext,
  project: Project,
): Promise<HostDetails> {
  if (reached === undefined || "error" in reached)
    return unseen(target.host, reached?.error.facts.cause ?? "it was not reached");
  const { connection } = reached;
  try {
    const state = await observeHost(connection, question(context, project));
    return seen(target, state);
  } catch (error) {
    return unseen(target.host, hostFailure(target.host, "look at the host", error).facts.cause);
  }
}

function seen(target: Target, state: HostState): HostDetails {
  const services = state.proxy.services ?? [];
  const serving = new Map(
    services.map(({ service, candidate }) => [service, releaseOfCandidate(candidate ?? "")]),
  );
  const prefixes = new Map(target.roles.map((role) => [role.name, role.containerPrefix]));
  const containers = state.containers
    .filter(({ role }) => prefixes.has(role))
    .map((container): ContainerDetails => {
      const { name, role, version, state, status, image, release } = container;
      const served = serving.get(prefixes.get(role) ?? "") === release && state === "running";
      return { name, role, version, state, status, image, serving: served };
    });
  const { container, version } = state.proxy;
  return {
    host: target.host,
    error: null,
    engine: state.engine,
    proxy: container === "missing" ? null : { state: container, version },
    containers,
  };
}

function unseen(host: string, error: string): HostDetails {
  return { host, error, engine: null, proxy: null, containers: [] };
}
