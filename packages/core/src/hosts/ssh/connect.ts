import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type AnyAuthMethod, Client, type ParsedKey } from "ssh2";
import type { Environment } from "../../config/workspace.ts";
import { DeployError } from "../../errors/index.ts";
import type { Stage, Way } from "../way.ts";
import { ChosenKeysAgent } from "./chosen-keys-agent.ts";
import { firstStream, forward } from "./first-stream.ts";
import { hostKeyRefusal, preferredAlgorithms } from "./host-key-check.ts";
import type { Identity } from "./identities.ts";
import type { Reach } from "./proxy-command.ts";
import { readyKeys } from "./ready-keys.ts";
import { refusedEverything, TOO_MANY } from "./refused.ts";
import { unreachable } from "./socket.ts";
import type { Unlock } from "./unlock.ts";

/** What is needed to open connections, the same for every host. */
export interface SshSettings {
  /** How long the connect may take, and then again each handshake. */
  timeoutMs: number;
  /** How often a name that cannot be resolved is tried again. */
  dnsRetries: number;
  signal: AbortSignal;
  /** Where a proxy command is run, and with what. */
  cwd: string;
  env: Environment;
  unlock: Unlock;
}

/**
 * How long a connection may say nothing until it is asked. Three questions without an answer end it:
 * after 12 s. A network that is away for 5 s is sat out, and a host that is gone is given up (`ssh.reconnect`
 * later) well before a lock on it runs out.
 */
const KEEPALIVE_MS = 3_000;

/**
 * Opens one verified, authenticated connection.
 *
 * @throws DeployError HOST_UNREACHABLE, HOST_KEY_UNKNOWN, HOST_KEY_CHANGED or HOST_AUTHENTICATION
 */
export async function connectSsh(way: Way, settings: SshSettings): Promise<Client> {
  let reached: { client: Client; stage: Stage } | null = null;
  for (const stage of way.stages) {
    const behind: typeof reached = reached;
    const open = () =>
      behind === null
        ? firstStream(way, stage, settings)
        : forward(behind.client, behind.stage.address, stage.address);
    try {
      const client = await logIn(stage, open, settings);
      if (behind !== null) client.once("close", () => behind.client.end());
      reached = { client, stage };
    } catch (error) {
      behind?.client.end();
      throw error;
    }
  }
  if (reached === null) throw new RangeError("a way without a host was let through");
  return reached.client;
}

/** With what is at hand first; a passphrase is only asked for where that is not enough. */
async function logIn(stage: Stage, open: () => Promise<Reach>, settings: SshSettings): Promise<Client> {
  const { ready, locked } = stage.identities;
  if (ready.length > 0 || locked.length === 0) {
    try {
      return await handshake(stage, ready, settings, await open());
    } catch (error) {
      if (!isRefusal(error) || locked.length === 0) throw error;
    }
  }
  const unlocked = await settings.unlock(locked);
  return handshake(stage, unlocked, settings, await open());
}

function isRefusal(error: unknown): boolean {
  return error instanceof DeployError && error.code === "HOST_AUTHENTICATION";
}

function handshake(
  stage: Stage,
  identities: readonly Identity[],
  settings: SshSettings,
  reach: Reach,
): Promise<Client> {
  const { address, knownHosts } = stage;
  return new Promise((resolve, reject) => {
    const client = new Client();
    let refusal: DeployError | null = null;
    const fail = (error: Error & { level?: string }) => {
      // An agent that is not there is only one identity fewer; ssh2 goes on to the next.
      if (error.level === "agent") return;
      client.end();
      reach.stream.destroy();
      if (refusal !== null) reject(refusal);
      else if (isAuthentication(error)) reject(refusedEverything(stage, identities, error));
      else reject(unreachable(address, settings.timeoutMs, withReason(error, reach)));
    };
    client.on("error", fail);
    client.once("close", () => fail(new Error("it closed the connection during the handshake")));
    client.once("ready", () => {
      // From here on 'close' says all that matters; an 'error' without a listener would end the process.
      client.on("error", () => forgetUnsent(reach.stream));
      client.off("error", fail);
      client.removeAllListeners("close");
      readyKeys(client);
      resolve(client);
    });
    client.connect({
      sock: reach.stream,
      username: address.user,
      readyTimeout: settings.timeoutMs,
      keepaliveInterval: KEEPALIVE_MS,
      keepaliveCountMax: 3,
      algorithms: { serverHostKey: preferredAlgorithms(knownHosts, address) },
      // Without a verifier ssh2 accepts any key.
      hostVerifier: (key: Buffer) => {
        refusal = hostKeyRefusal(knownHosts, address, key, stage.name);
        return refusal === null;
      },
      authHandler: identities.map((identity) => authMethod(address.user, identity)),
    });
  });
}

/**
 * Of a connection that died, what was written and never arrived must not arrive after all: the system goes
 * on delivering it once the network is back, when somebody else may be at work on the host.
 */
function forgetUnsent(stream: Duplex): void {
  if (stream instanceof Socket) stream.resetAndDestroy();
}

function isAuthentication(error: Error & { level?: string }): boolean {
  return error.level === "client-authentication" || TOO_MANY.test(error.message);
}

/** Each method is named, so that no round trip is spent on asking which ones there are. */
function authMethod(username: string, identity: Identity): AnyAuthMethod {
  if (identity.kind === "agent") {
    const { socket, only } = identity;
    return { type: "agent", username, agent: only === null ? socket : new ChosenKeysAgent(socket, only) };
  }
  // The types of ssh2 lag behind: a parsed key is taken as well as its text.
  const key: ParsedKey = identity.key;
  return { type: "publickey", username, key };
}

function withReason(error: Error & { level?: string }, { said }: Reach): Error {
  if (said() !== "") return new Error(`the proxy command said: ${said()}`, { cause: error });
  return error.level === "client-timeout" ? Object.assign(error, { code: "ETIMEDOUT" }) : error;
}
