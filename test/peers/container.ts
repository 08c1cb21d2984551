import { setTimeout as passed } from "node:timers/promises";
import type { dockerAt } from "../../packages/harness/src/engine/ask.ts";

type Docker = ReturnType<typeof dockerAt>;
type Container = ReturnType<Docker["getContainer"]>;

/** Servers of other people that ours is held against, from Debian's packages, in one image. */
const image = "cutover-test-peers:1";
const packages = ["haproxy", "nginx-light", "pebble"];

/** How a peer is run. */
export interface PeerOptions {
  /** Unique on the engine; one that a killed run left behind is removed. */
  name: string;
  command: readonly string[];
  /** Text by path. */
  files: Readonly<Record<string, string>>;
  ports: readonly number[];
  env?: Readonly<Record<string, string>>;
  /** Names that it knows, and where they lead. */
  hosts: Readonly<Record<string, string>>;
  /** The network that it is in; Docker's own by default. */
  network?: PeerNetwork;
  /** Text that its log holds once it serves. */
  readyWhen: string;
}

/** Where a peer is found by others. */
export interface PeerNetwork {
  name: string;
  alias: string;
}

/** Where this machine is found from a container. */
export const thisMachine = "host-gateway";

/** A peer that serves. */
export interface Peer {
  /** The port of this machine that leads to one of its own. */
  port(inside: number): number;
  /** Its address in its network. */
  address: string;
  remove(): Promise<void>;
}

/** Writes each file that the environment brings (path, then content), then becomes the command. */
const script = `
i=0
while [ "$i" -lt "$FILES" ]; do
  path=$(printenv "PATH_$i"); mkdir -p "$(dirname "$path")"; printenv "TEXT_$i" > "$path"; i=$((i+1))
done
exec "$@"`;

/** Starts a peer, its image made first where the engine has none. */
export async function startPeer(docker: Docker, options: PeerOptions): Promise<Peer> {
  await ensureImage(docker);
  await docker.getContainer(options.name).remove({ force: true }).catch(unlessMissing);
  const files = Object.entries(options.files);
  const container = await docker.createContainer({
    name: options.name,
    Image: image,
    Cmd: ["sh", "-c", script, "sh", ...options.command],
    Env: [
      ...Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${value}`),
      `FILES=${files.length}`,
      ...files.flatMap(([path, text], i) => [`PATH_${i}=${path}`, `TEXT_${i}=${text}`]),
    ],
    ExposedPorts: Object.fromEntries(options.ports.map((port) => [`${port}/tcp`, {}])),
    HostConfig: {
      PortBindings: Object.fromEntries(
        options.ports.map((port) => [`${port}/tcp`, [{ HostIp: "127.0.0.1", HostPort: "" }]]),
      ),
      ExtraHosts: Object.entries(options.hosts).map(([name, address]) => `${name}:${address}`),
      ...(options.network && { NetworkMode: options.network.name }),
    },
    ...(options.network && {
      NetworkingConfig: { EndpointsConfig: { [options.network.name]: { Aliases: [options.network.alias] } } },
    }),
  });
  await container.start();
  await isReady(container, options.readyWhen);
  const { NetworkSettings } = await container.inspect();
  const [joined] = Object.values(NetworkSettings.Networks);
  return {
    address: joined?.IPAddress ?? "",
    port(inside) {
      const published = NetworkSettings.Ports[`${inside}/tcp`]?.[0]?.HostPort;
      if (published === undefined) throw new Error(`${options.name} does not publish ${inside}`);
      return Number(published);
    },
    remove: () => container.remove({ force: true }),
  };
}

async function isReady(container: Container, text: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const log = (await container.logs({ stdout: true, stderr: true })).toString("utf8");
    if (log.includes(text)) return;
    const { State } = await container.inspect();
    if (!State.Running || performance.now() > deadline) throw new Error(`it does not serve:\n${log}`);
    await passed(50);
  }
}

async function ensureImage(docker: Docker): Promise<void> {
  const missing = await docker
    .getImage(image)
    .inspect()
    .then(() => null, unlessMissing);
  if (missing === null) return;
  const maker = await docker.createContainer({
    Image: "debian:trixie-slim",
    Cmd: ["sh", "-c", `apt-get update && apt-get install -y --no-install-recommends ${packages.join(" ")}`],
  });
  try {
    await maker.start();
    const { StatusCode } = await maker.wait();
    if (StatusCode !== 0)
      throw new Error((await maker.logs({ stdout: true, stderr: true })).toString("utf8"));
    const [repo, tag] = image.split(":");
    await maker.commit({ repo, tag });
  } finally {
    await maker.remove({ force: true });
  }
}

function unlessMissing(error: { statusCode?: number }): undefined {
  if (error.statusCode !== 404) throw error;
}
