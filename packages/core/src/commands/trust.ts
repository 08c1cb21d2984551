import { openRoads } from "../hosts/roads.ts";
import { fingerprint, judgeKey, keyAlgorithm } from "../hosts/ssh/known-hosts.ts";
import { pinKey } from "../hosts/ssh/known-hosts-files.ts";
import { showHostKey } from "../hosts/ssh/show-host-key.ts";
import { hostAtTheEnd } from "../hosts/way.ts";
import { asCommand } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import type { TrustFound, TrustOptions, TrustResult } from "./look-options.ts";
import { fleetRequest, openProject } from "./project.ts";

/**
 * Shows a host's key to whoever decides, and pins it in the project when they say yes. Nothing is
 * authenticated on the way.
 *
 * @throws DeployError HOST_UNREACHABLE
 */
export function trust(context: CommandContext, options: TrustOptions): Promise<TrustResult> {
  return asCommand(
    "trust",
    context,
    async (telling) => {
      const project = await openProject(context);
      const { config } = project;
      telling.started({ service: config.app, version: null, hosts: [options.host] });
      const roads = await openRoads(await fleetRequest(context, project, []));
      const way = await roads.wayTo(options.host);
      const key = await showHostKey(way, roads.settings);
      const { address, knownHosts } = hostAtTheEnd(way);
      const found: TrustFound = {
        host: address.host,
        port: address.port,
        algorithm: keyAlgorithm(key),
        fingerprint: fingerprint(key),
        before: judgeKey(knownHosts, address.host, address.port, key).kind,
      };
      if (found.before === "same" || !(await options.confirm(found))) return { ...found, writtenTo: null };
      return { ...found, writtenTo: await pinKey(context, address.host, address.port, key) };
    },
    ({ host, writtenTo }) => (writtenTo === null ? `nothing was written for ${host}` : `${host} is trusted`),
  );
}
