import { type Fleet, openFleet } from "../hosts/fleet.ts";
import type { Telling } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import { asPhase } from "./phase.ts";
import { fleetRequest, type Project } from "./project.ts";

/**
 * Connects to every host of the app, and begins to speak to their proxies.
 *
 * @throws DeployError of the first host that could not be reached, the others in its details
 */
export function connectAll(context: CommandContext, project: Project, telling: Telling): Promise<Fleet> {
  const { appHosts } = project.config;
  return asPhase("connect", "Connect to the hosts", appHosts, telling, context.clock, async () => {
    const fleet = await openFleet(await fleetRequest(context, project, appHosts));
    for (const host of fleet.hosts) host.warmProxy();
    return fleet;
  });
}
