import type { FleetRequest } from "./fleet.ts";
import type { Basis } from "./route/hops.ts";
import type { Hop, KeySources } from "./route/route.ts";
import { routeTo } from "./route/route-to.ts";
import type { SshSettings } from "./ssh/connect.ts";
import { findIdentities } from "./ssh/identities.ts";
import { readKnownHosts } from "./ssh/known-hosts-files.ts";
import { unlocker } from "./ssh/unlock.ts";
import { readSshConfig } from "./ssh-config/read.ts";
import type { Stage, Way } from "./way.ts";

/** How long a host may take to answer, and then again to let us in. */
const CONNECT_TIMEOUT_MS = 10_000;

/** How the hosts of a command are reached. */
export interface Roads {
  settings: SshSettings;
  /**
   * The way to a host, with the keys to go it.
   *
   * @throws DeployError CONFIG_INVALID
   */
  wayTo(host: string): Promise<Way>;
}

/**
 * Reads all that says how hosts are reached. Nothing is contacted.
 *
 * @throws DeployError CONFIG_INVALID when an ssh_config or known_hosts file cannot be used
 */
export async function openRoads(request: FleetRequest): Promise<Roads> {
  const { ssh, cwd, home, env, localUser } = request;
  const files = await readSshConfig(ssh.configFiles, { home, cwd });
  const basis: Basis = { ssh, files, local: { user: localUser, home, cwd, env } };
  const data = ssh.keyData.map(({ secret }) => ({ name: secret, pem: request.keyData.get(secret) ?? "" }));
  // Most hosts share theirs.
  const knownHostsOf = once((more: readonly string[]) => readKnownHosts({ cwd, home, more }));
  const identitiesOf = once((keys: KeySources) => findIdentities({ ...keys, data, home }));
  const stage = async ({ name, address, keys, knownHostsFiles, unused }: Hop): Promise<Stage> => {
    const [knownHosts, identities] = await Promise.all([knownHostsOf(knownHostsFiles), identitiesOf(keys)]);
    return { name, address, knownHosts, identities, unused };
  };
  return {
    settings: {
      timeoutMs: CONNECT_TIMEOUT_MS,
      dnsRetries: request.connections.dnsRetries,
      signal: request.signal,
      cwd,
      env,
      unlock: unlocker(request.askSecret),
    },
    wayTo: async (host) => {
      const { hops, proxyCommand } = routeTo(host, basis);
      return { stages: await Promise.all(hops.map(stage)), proxyCommand };
    },
  };
}

/** Does something once for each argument that is written alike. */
function once<A, R>(act: (argument: A) => Promise<R>): (argument: A) => Promise<R> {
  const done = new Map<string, Promise<R>>();
  return (argument) => {
    const key = JSON.stringify(argument);
    const before = done.get(key) ?? act(argument);
    done.set(key, before);
    return before;
  };
}
