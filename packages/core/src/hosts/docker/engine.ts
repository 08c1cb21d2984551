import Docker from "dockerode";
import type { Client } from "ssh2";
import { DeployError } from "../../errors/index.ts";
import { ChannelAgent, type OpenChannel } from "./channel-agent.ts";
import { dialStdio, forwardedSocket, MAX_DIAL_CHANNELS } from "./channels.ts";
import { whyNoEngine } from "./why-no-engine.ts";

/** The oldest Engine API that has all we ask for: Docker 20.10. */
const OLDEST_API = "1.41";
/** The newest one these calls were written for; an engine that knows more understands it. */
const NEWEST_API = "1.45";

/** What an engine says of itself. */
export interface EngineVersion {
  /** `26.1.5` */
  engine: string;
  /** `amd64`, as Docker calls it. */
  architecture: string;
}

/** A host's Docker engine, with what closes the channels to it. */
export interface Engine {
  docker: Docker;
  version: EngineVersion;
  close(): void;
}

/** A way to an engine, as messages call it. */
type Attempt = [through: string, open: OpenChannel, maxChannels: number];

/**
 * Speaks to a host's engine over an SSH connection: straight to its socket, or where sshd forbids
 * that or the user may not, through `docker system dial-stdio`, in the end with sudo.
 *
 * @throws DeployError DOCKER_UNAVAILABLE when none is answered, saying why, or the engine is too old
 */
export async function openEngine(host: string, user: string, client: Client): Promise<Engine> {
  const attempts: Attempt[] = [
    ["its socket", forwardedSocket(client), Number.POSITIVE_INFINITY],
    ["docker system dial-stdio", dialStdio(client, "user"), MAX_DIAL_CHANNELS],
    ["sudo -n docker system dial-stdio", dialStdio(client, "root"), MAX_DIAL_CHANNELS],
  ];
  const failures: string[] = [];
  for (const [through, open, maxChannels] of user === "root" ? attempts.slice(0, 2) : attempts) {
    try {
      return await negotiate(host, open, maxChannels);
    } catch (error) {
      if (error instanceof DeployError) throw error;
      failures.push(`through ${through}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw await whyNoEngine(host, user, client, failures);
}

async function negotiate(host: string, open: OpenChannel, maxChannels: number): Promise<Engine> {
  const agent = new ChannelAgent(open, maxChannels);
  try {
    const probe = await dockerOver(agent, OLDEST_API).version();
    const docker = dockerOver(agent, older(probe.ApiVersion, NEWEST_API));
    const version = { engine: probe.Version, architecture: probe.Arch };
    return { docker, version, close: () => agent.destroy() };
  } catch (error) {
    agent.destroy();
    if (error instanceof Error && "statusCode" in error && error.statusCode === 400)
      throw new DeployError("DOCKER_UNAVAILABLE", {
        cause: `Docker on ${host} is too old or too new for API ${OLDEST_API}`,
        host,
        hint: "Docker 20.10 or later is needed there",
      });
    throw error;
  }
}

function dockerOver(agent: ChannelAgent, version: string): Docker {
  // The name and port go nowhere: the agent's channels lead to the engine.
  // Passed on to the HTTP client as it is, though the types do not say so.
  const options = { agent, host: "docker", port: 80, protocol: "http" as const, version: `v${version}` };
  return new Docker(options);
}

function older(a: string, b: string): string {
  return minor(a) < minor(b) ? a : b;
}

/** Every Engine API so far is 1.x. */
function minor(version: string): number {
  return Number(version.split(".")[1] ?? 0);
}
