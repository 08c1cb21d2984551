import { parseAddress } from "../hosts/address.ts";
import { sshSettings } from "../hosts/fleet.ts";
import { fingerprint, judgeKey, keyAlgorithm } from "../hosts/ssh/known-hosts.ts";
import { pinKey } from "../hosts/ssh/known-hosts-files.ts";
import { showHostKey } from "../hosts/ssh/show-host-key.ts";
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
      const address = parseAddress(options.host, config.ssh);
      const settings = await sshSettings(await fleetRequest(context, project, []));
      // A jump host is itself reached through those before it.
      const before = settings.jumps.findIndex(
        ({ host, port }) => host === address.host && port === address.port,
      );
      const jumps = before === -1 ? settings.jumps : settings.jumps.slice(0, before);
      const key = await showHostKey(address, { ...settings, jumps });
      const found: TrustFound = {
        host: address.host,
        port: address.port,
        algorithm: keyAlgorithm(key),
        fingerprint: fingerprint(key),
        before: judgeKey(settings.knownHosts, address.host, address.port, key).kind,
      };
      if (found.before === "same" || !(await options.confirm(found))) return { ...found, writtenTo: null };
      return { ...found, writtenTo: await pinKey(context, address.host, address.port, key) };
    },
    ({ host, writtenTo }) => (writtenTo === null ? `nothing was written for ${host}` : `${host} is trusted`),
  );
}
