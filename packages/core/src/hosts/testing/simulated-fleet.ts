import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import ssh2, { type Connection } from "ssh2";
import { DOCKER_SOCKET } from "../docker/channels.ts";
import { type Asked, simulatedDocker } from "./simulated-docker.ts";
import { converse } from "./simulated-proxy.ts";

/**
 * Many hosts in this process: an sshd each, with a Docker engine and a proxy behind it that answer
 * what they were told to. It stands for machines that nobody has two hundred of, to find out what a
 * fleet of them costs us; whatever real hosts do is tested on real ones.
 */
export interface SimulatedFleet {
  /** Their addresses: each its own of 127.0.0.0/8. */
  hosts: string[];
  /** The same for all. */
  port: number;
  /** What known_hosts has to hold. */
  knownHosts: string;
  /** The one key that they let in, as PEM. */
  userKey: string;
  /** What a host was asked so far. */
  askedOf(host: string): Asked;
  close(): void;
}

/** What a simulated host has. */
export interface SimulatedHost {
  /** Docker's answers, by path without version and query: `/containers/json`. */
  docker: Readonly<Record<string, unknown>>;
  /** What the script prints that looks at a host. */
  look: string;
  /** What the proxy answers to `list`. */
  services: readonly unknown[];
}

/** @param hostOf what the host at an address has */
export async function simulateFleet(
  count: number,
  hostOf: (address: string) => SimulatedHost,
): Promise<SimulatedFleet> {
  const hostKey = ssh2.utils.generateKeyPairSync("ed25519");
  const user = ssh2.utils.generateKeyPairSync("ed25519");
  const hosts = Array.from(
    { length: count },
    (_, index) => `127.1.${Math.floor(index / 250)}.${(index % 250) + 1}`,
  );
  const asked = new Map<string, Asked>(hosts.map((host) => [host, nothingAsked()]));
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  let port = 0;
  for (const host of hosts) {
    const counts = askedIn(asked, host);
    const sshd = new ssh2.Server({ hostKeys: [hostKey.private] }, (client) =>
      serve(client, user.public, hostOf(host), counts),
    );
    const server = createServer({ noDelay: true }, (socket) => {
      sockets.add(socket.once("close", () => sockets.delete(socket)));
      counts.connections += 1;
      sshd.injectSocket(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(port, host, resolve);
    });
    port = (server.address() as AddressInfo).port;
    servers.push(server);
  }
  return {
    hosts,
    port,
    knownHosts: hosts.map((host) => `[${host}]:${port} ${hostKey.public}\n`).join(""),
    userKey: user.private,
    askedOf: (host) => askedIn(asked, host),
    close() {
      for (const server of servers) server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function nothingAsked(): Asked {
  return { connections: 0, channels: 0, docker: [], scripts: 0, proxy: [] };
}

function askedIn(asked: ReadonlyMap<string, Asked>, host: string): Asked {
  const found = asked.get(host);
  if (found === undefined) throw new RangeError(`${host} is none of the simulated hosts`);
  return found;
}

function serve(client: Connection, userKey: string, host: SimulatedHost, asked: Asked): void {
  const known = ssh2.utils.parseKey(userKey);
  if (known instanceof Error) throw known;
  const docker = simulatedDocker(host, asked);
  client.on("error", () => undefined);
  client.on("authentication", (attempt) => {
    if (attempt.method === "publickey" && attempt.key.data.equals(known.getPublicSSH())) attempt.accept();
    else attempt.reject(["publickey"]);
  });
  client.on("openssh.streamlocal", (accept, _reject, { socketPath }) => {
    asked.channels += 1;
    if (socketPath === DOCKER_SOCKET) docker.emit("connection", accept());
    else converse(accept(), host, asked);
  });
  client.on("session", (accept) => {
    accept().on("exec", (acceptExec) => {
      asked.channels += 1;
      asked.scripts += 1;
      const channel = acceptExec();
      channel.resume();
      channel.once("end", () => {
        channel.write(host.look);
        channel.exit(0);
        channel.end();
      });
    });
  });
}
