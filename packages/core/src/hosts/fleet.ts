import type { Connections, Ssh } from "../config/config.ts";
import { DeployError } from "../errors/index.ts";
import { settleBounded } from "./bounded.ts";
import { hostFailure, unchanged } from "./failure.ts";
import { Host } from "./host.ts";
import { openRoads } from "./roads.ts";
import type { AskSecret } from "./ssh/unlock.ts";

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
  const reached = await reachEach(request);
  const open = reached.flatMap((one) => ("connection" in one ? [one.connection] : []));
  const errors = reached.flatMap((one) => ("error" in one ? [one.error] : []));
  if (errors.length === 0) return new Fleet(open);
  for (const host of open) host.close();
  request.signal.throwIfAborted();
  throw unchanged(together(errors));
}

/** One error for several hosts: the first one's, the others' causes as details. */
export function together(errors: readonly DeployError[]): DeployError {
  const [first, ...others] = errors;
  if (first === undefined) throw new RangeError("no error to tell of");
  if (others.length === 0) return first;
  const lines = others.map((error) => `${error.facts.host ?? "here"}: ${error.facts.cause}`);
  return new DeployError(
    first.code,
    { ...first.facts, details: [...lines, ...(first.facts.details ?? [])] },
    { cause: first },
  );
}
