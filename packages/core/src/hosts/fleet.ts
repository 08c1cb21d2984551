import type { Connections, Ssh } from "../config/config.ts";
import { DeployError } from "../errors/index.ts";
import { settleBounded } from "./bounded.ts";
import { hostFailure, unchanged } from "./failure.ts";
import { Host } from "./host.ts";
import { Line, type LineCare } from "./line.ts";
import { connectAgain } from "./reconnect.ts";
import { openRoads, type Roads } from "./roads.ts";
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

/** Has something done about a host's connection. */
type Listener<T> = (about: T) => T extends Host ? Promise<void> : void;

/** Connections to several hosts; disposing of it closes them. */
export class Fleet implements Disposable {
  readonly #lines: ReadonlyMap<string, Line>;
  readonly #rejoins: Listener<Host>[] = [];
  readonly #givenUp: Listener<string>[] = [];

  /** @param reopen connects to a host anew when its connection dropped */
  constructor(hosts: readonly Host[], reopen: LineCare["reopen"] = neverAgain) {
    const care: LineCare = {
      reopen: async (name, signal) => this.#ready(await reopen(name, signal)),
      givenUp: (name) => {
        for (const tell of this.#givenUp) tell(name);
      },
    };
    this.#lines = new Map(hosts.map((host) => [host.name, new Line(host, care)]));
  }

  /** Every host, by the connection it has at the moment. */
  get hosts(): readonly Host[] {
    return [...this.#lines.values()].map(({ host }) => host);
  }

  /** The host of that name, which must be one of those connected to, by the connection it has at the moment. */
  host(name: string): Host {
    return this.#line(name).host;
  }

  /**
   * Does something on a host, and again over a new connection where the one it had drops meanwhile. So
   * it must be safe to ask twice, or look first.
   *
   * @throws DeployError HOST_UNREACHABLE when the connection could not be had again within `ssh.reconnect`
   */
  on<T>(name: string, work: (host: Host) => Promise<T>): Promise<T> {
    return this.#line(name).use(work);
  }

  /** Has something done with each new connection before anything else uses it. Its failure gives the host up. */
  onReconnect(rejoin: Listener<Host>): void {
    this.#rejoins.push(rejoin);
  }

  /** Tells when a host's connection cannot be had again. */
  onGivenUp(tell: Listener<string>): void {
    this.#givenUp.push(tell);
  }

  [Symbol.dispose](): void {
    for (const line of this.#lines.values()) line.close();
  }

  async #ready(host: Host): Promise<Host> {
    try {
      for (const rejoin of this.#rejoins) await rejoin(host);
      return host;
    } catch (error) {
      host.close();
      throw error;
    }
  }

  #line(name: string): Line {
    const found = this.#lines.get(name);
    if (found === undefined)
      throw new DeployError("INTERNAL", { cause: `there is no connection to ${name}` });
    return found;
  }
}

async function neverAgain(host: string): Promise<never> {
  throw new DeployError("HOST_UNREACHABLE", { cause: `the connection to ${host} was lost`, host });
}

/** A host we could or could not connect to. */
export type Reached = { host: string; connection: Host } | { host: string; error: DeployError };

/** Connects to each host, the failures beside the successes. The caller closes what is open. */
export async function reachEach(request: FleetRequest): Promise<Reached[]> {
  return reachOver(await openRoads(request), request);
}

async function reachOver(roads: Roads, request: FleetRequest): Promise<Reached[]> {
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
  const roads = await openRoads(request);
  const reached = await reachOver(roads, request);
  const open = reached.flatMap((one) => ("connection" in one ? [one.connection] : []));
  const left = reached.flatMap((one) => ("error" in one ? [one.error] : []));
  if (!request.signal.aborted && (left.length === 0 || tolerates(left)))
    return { fleet: new Fleet(open, (host, signal) => reopen(roads, request, host, signal)), left };
  for (const host of open) host.close();
  request.signal.throwIfAborted();
  throw unchanged(together(left));
}

/**
 * Connects to a host anew. Also after Ctrl-C: what was begun there is finished or undone.
 *
 * @throws DeployError HOST_UNREACHABLE after `ssh.reconnect`
 */
async function reopen(
  { settings, wayTo }: Roads,
  { ssh, toolVersion }: FleetRequest,
  host: string,
  signal: AbortSignal,
): Promise<Host> {
  const way = await wayTo(host);
  return connectAgain(host, ssh.reconnectMs, signal, (timeoutMs) =>
    Host.connect(host, way, { ...settings, timeoutMs, signal }, toolVersion),
  );
}
