import type { Connections, Ssh } from "../config/config.ts";
import { DeployError } from "../errors/index.ts";
import { settleBounded } from "./bounded.ts";
import { hostFailure, unchanged } from "./failure.ts";
import { Host } from "./host.ts";
import { openRoads } from "./roads.ts";
import type { AskSecret } from "./ssh/unlock.ts";
import { together } from "./together.ts";

/** Which hosts to connect to, and with what. */
export interface FleetRequest {
  /** As the configuration has them. */
  hosts: readonly string[];
  ssh: Ssh;
  connections: Connections;
  /** The values of `ssh.keyData`, by secret name. */
  keyData: ReadonlyMap<string, string>;
  /** The project's folder. */
  cwd: string;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The user's name on this machine. */
  localUser: string;
  /** Asks for a key's passphrase. */
  askSecret: AskSecret;
  toolVersion: string;
  signal: AbortSignal;
}

/** Connections to several hosts; disposing of it closes them. */
export class Fleet implements Disposable {
  readonly hosts: readonly Host[];

  constructor(hosts: readonly Host[]) {
    this.hosts = hosts;
  }

  /** The host of that name, which must be one of those connected to. */
  host(name: string): Host {
    const found = this.hosts.find((host) => host.name === name);
    if (found === undefined)
      throw new DeployError("INTERNAL", { cause: `there is no connection to ${name}` });
    return found;
  }

  [Symbol.dispose](): void {
    for (const host of this.hosts) host.close();
  }
}

/** A host we could or could not connect to. */
export type Reached = { host: string; connection: Host } | { host: string; error: DeployError };

/** Connects to each host, the failures beside the successes. The caller closes what is open. */
export async function reachEach(request: FleetRequest): Promise<Reached[]> {
  const roads = await openRoads(request);
  const outcomes = await settleBounded(request.hosts, request.connections.maxConcurrentStarts, async (host) =>
    Host.connect(host, await roads.wayTo(host), roads.settings, request.toolVersion),
  );
  return request.hosts.map((host, index) => {
    const outcome = outcomes[index];
    if (outcome?.status === "fulfilled") return { host, connection: outcome.value };
    return { host, error: hostFailure(host, "connect", outcome?.reason) };
  });
}

/**
 * Connects to every host, or to none.
 *
 * @throws DeployError of the first host that failed, the others named in its details
 */
export async function openFleet(request: FleetRequest): Promise<Fleet> {
  return (await openMost(request, () => false)).fleet;
}

/** A fleet without the hosts that could not be reached and can be done without. */
export interface MostOfFleet {
  fleet: Fleet;
  left: DeployError[];
}

/**
 * Connects to every host, but for those that can be done without.
 *
 * @param tolerates whether one can do without the hosts of these errors
 * @throws DeployError of the first host that failed, the others named in its details
 */
export async function openMost(
  request: FleetRequest,
  tolerates: (errors: readonly DeployError[]) => boolean,
): Promise<MostOfFleet> {
  const reached = await reachEach(request);
  const open = reached.flatMap((one) => ("connection" in one ? [one.connection] : []));
  const left = reached.flatMap((one) => ("error" in one ? [one.error] : []));
  if (!request.signal.aborted && (left.length === 0 || tolerates(left)))
    return { fleet: new Fleet(open), left };
  for (const host of open) host.close();
  request.signal.throwIfAborted();
  throw unchanged(together(left));
}
