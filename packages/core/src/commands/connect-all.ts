import { type MostOfFleet, openMost } from "../hosts/fleet.ts";
import type { Telling } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import { asPhase } from "./phase.ts";
import { fleetRequest, type Project } from "./project.ts";
import { canLeave, type Scope } from "./scope.ts";

/**
 * Connects to every host that a command is about, and begins to speak to their proxies and file servers. What may be
 * left behind is told.
 *
 * @throws DeployError of the first host that could not be reached, the others in its details
 */
export function connectAll(
  context: CommandContext,
  project: Project,
  scope: Pick<Scope, "hosts" | "primaryHost" | "mayLeave">,
  telling: Telling,
): Promise<MostOfFleet> {
  const { hosts } = scope;
  return asPhase("connect", "Connect to the hosts", hosts, telling, context.clock, async () => {
    const request = await fleetRequest(context, project, hosts);
    const most = await openMost(request, (errors) => canLeave(scope, errors));
    for (const { facts } of most.left)
      telling.emit({
        type: "warning",
        host: facts.host ?? null,
        message: `left behind: ${facts.cause}`,
        hint: "deploy catch-up brings it to the release that serves by then",
      });
    for (const host of most.fleet.hosts) host.warmUp();
    return most;
  });
}
