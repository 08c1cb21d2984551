import { hostFailure } from "../hosts/failure.ts";
import { Fleet, type Reached, reachEach } from "../hosts/fleet.ts";
import { together } from "../hosts/together.ts";
import { observeHost, type Question } from "../observe/observe.ts";
import { asCommand } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import { fleetRequest, openProject } from "./project.ts";
import type { ProxyDetails, ProxyDetailsOptions, ProxyHostDetails } from "./proxy-options.ts";
import { question } from "./proxy-wanted.ts";
import { chooseTargets } from "./targets.ts";

/**
 * Looks at the proxy of every chosen host: its version, and where it sends the requests of each service.
 * One that cannot be looked at is told of beside the others.
 *
 * @throws DeployError when none of them could be looked at
 */
export function proxyDetails(context: CommandContext, options: ProxyDetailsOptions): Promise<ProxyDetails> {
  return asCommand(
    "proxy details",
    context,
    async (telling) => {
      const project = await openProject(context);
      const { config } = project;
      const names = chooseTargets(config, options.filter).map(({ host }) => host);
      telling.started({ service: config.app, version: null, hosts: names });
      const reached = await reachEach(await fleetRequest(context, project, names));
      using _ = new Fleet(reached.flatMap((one) => ("connection" in one ? [one.connection] : [])));
      const errors = reached.flatMap((one) => ("error" in one ? [one.error] : []));
      if (errors.length > 0 && errors.length === reached.length) throw together(errors);
      return { hosts: await Promise.all(reached.map((one) => lookAt(one, question(context, project)))) };
    },
    ({ hosts }) => `looked at ${hosts.length} hosts`,
  );
}

async function lookAt(reached: Reached, asked: Question): Promise<ProxyHostDetails> {
  const { host } = reached;
  if ("error" in reached) return unseen(host, reached.error.facts.cause);
  try {
    const { proxy } = await observeHost(reached.connection, asked);
    const { container, version, services } = proxy;
    return { host, error: null, container, version, services };
  } catch (error) {
    return unseen(host, hostFailure(host, "look at the proxy", error).facts.cause);
  }
}

function unseen(host: string, error: string): ProxyHostDetails {
  return { host, error, container: null, version: null, services: null };
}
