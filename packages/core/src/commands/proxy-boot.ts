import { openFleet } from "../hosts/fleet.ts";
import { observeFleet } from "../observe/observe.ts";
import { planProxies } from "../plan/proxy-plan.ts";
import { asCommand, type Telling } from "./as-command.ts";
import { carryOut } from "./carry-out.ts";
import type { CommandContext } from "./context.ts";
import { healRoutes } from "./heal-routes.ts";
import { asPhase } from "./phase.ts";
import { fleetRequest, openProject } from "./project.ts";
import type { ProxyBootOptions, ProxyBootResult } from "./proxy-options.ts";
import { proxyImage, question } from "./proxy-wanted.ts";
import { chooseTargets } from "./targets.ts";
import { underLock } from "./under-lock.ts";

/**
 * Has a proxy run on the chosen hosts: where there is none or, with `reboot`, everywhere. One that runs is
 * replaced by ours without a gap, unless its container is to be made anew. Routes of this app that a proxy has lost
 * are brought back from the hosts' records.
 *
 * @throws DeployError PROXY_NOT_REPLACED, PORT_TAKEN, GATE_FAILED
 */
export function proxyBoot(context: CommandContext, options: ProxyBootOptions): Promise<ProxyBootResult> {
  return asCommand(
    `proxy ${options.verb}`,
    context,
    (telling) => bootOn(context, options, telling),
    ({ hosts }) => hosts.map(({ host, version }) => `${host}: ${version}`).join(", "),
  );
}

async function bootOn(
  context: CommandContext,
  { filter, ...order }: ProxyBootOptions,
  telling: Telling,
): Promise<ProxyBootResult> {
  const project = await openProject(context);
  const { config } = project;
  const names = chooseTargets(config, filter)
    .map(({ host }) => host)
    .filter((host) => config.proxyRun[host] !== undefined);
  telling.started({ service: config.app, version: null, hosts: names });
  using fleet = await asPhase("connect", "Connect to the hosts", names, telling, context.clock, async () =>
    openFleet(await fleetRequest(context, project, names)),
  );
  // Awaited here, since the connections are closed when this function returns.
  return await underLock(
    `proxy ${order.verb}`,
    null,
    { fleet, context, project, telling },
    async (states, at) => {
      const plan = planProxies(states, { image: proxyImage(context), run: config.proxyRun }, order);
      await carryOut(plan, { boots: [], beside: nothingBeside }, at);
      const after = await observeFleet(fleet, question(context, project));
      const healed = await healRoutes(after, at);
      const booted = plan.phases.flatMap(({ lanes }) => lanes.map(({ host }) => host));
      const changed = new Set([...booted, ...healed]);
      return {
        hosts: after.map(({ host, proxy }) => {
          return { host, version: proxy.version ?? "unknown", changed: changed.has(host) };
        }),
      };
    },
  );
}

/** No release is written down, and no image of an app pulled. */
const nothingBeside = {
  login: async () => null,
  environment: () => ({}),
  certificate: () => null,
  checksumKey: () => "",
};
