import type { Duplex } from "node:stream";
import { type AnyAuthMethod, Client, type ParsedKey } from "ssh2";
import { DeployError } from "../../errors/index.ts";
import type { HostAddress } from "../address.ts";
import { hostKeyRefusal, preferredAlgorithms } from "./host-key-check.ts";
import type { Identity } from "./identities.ts";
import type { KnownHost } from "./known-hosts.ts";
import { openSocket, unreachable } from "./socket.ts";

/** What is needed to open connections, the same for every host. */
export interface SshSettings {
  knownHosts: readonly KnownHost[];
  /** In the order to try. */
  identities: readonly Identity[];
  /** Hosts to pass through, the first reached from here. */
  jumps: readonly HostAddress[];
  /** How long the connect may take, and then again the handshake. */
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * How long a connection may say nothing until it is asked. Three questions without an answer end it:
 * after 20 s, well before a lock on the host would run out.
 */
const KEEPALIVE_MS = 5_000;

/**
 * Opens one verified, authenticated connection.
 *
 * @throws DeployError HOST_UNREACHABLE, HOST_KEY_UNKNOWN, HOST_KEY_CHANGED or HOST_AUTHENTICATION
 */
export async function connectSsh(address: HostAddress, settings: SshSettings): Promise<Client> {
  const through = settings.jumps.at(-1);
  if (through === undefined)
    return handshake(address, settings, await openSocket(address, settings.timeoutMs, settings.signal));
  const jump = await connectSsh(through, { ...settings, jumps: settings.jumps.slice(0, -1) });
  const client = await handshake(address, settings, await forward(jump, through, address));
  client.once("close", () => jump.end());
  return client;
}

function handshake(address: HostAddress, settings: SshSettings, socket: Duplex): Promise<Client> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    let refusal: DeployError | null = null;
    const fail = (error: Error & { level?: string }) => {
      // An agent that is not there is only one identity fewer; ssh2 goes on to the next.
      if (error.level === "agent") return;
      client.end();
      socket.destroy();
      reject(refusal ?? handshakeError(address, settings, error));
    };
    client.on("error", fail);
    client.once("close", () => fail(new Error("it closed the connection during the handshake")));
    client.once("ready", () => {
      // From here on 'close' says all that matters; an 'error' without a listener would end the process.
      client.on("error", () => undefined);
      client.off("error", fail);
      client.removeAllListeners("close");
      resolve(client);
    });
    client.connect({
      sock: socket,
      username: address.user,
      readyTimeout: settings.timeoutMs,
      keepaliveInterval: KEEPALIVE_MS,
      keepaliveCountMax: 3,
      algorithms: { serverHostKey: preferredAlgorithms(settings.knownHosts, address) },
      // Without a verifier ssh2 accepts any key.
      hostVerifier: (key: Buffer) => {
        refusal = hostKeyRefusal(settings.knownHosts, address, key);
        return refusal === null;
      },
      authHandler: settings.identities.map((identity) => authMethod(address.user, identity)),
    });
  });
}

/** Each method is named, so that no round trip is spent on asking which ones there are. */
function authMethod(username: string, identity: Identity): AnyAuthMethod {
  if (identity.kind === "agent") return { type: "agent", username, agent: identity.socket };
  // The types of ssh2 lag behind: a parsed key is taken as well as its text.
  const key: ParsedKey = identity.key;
  return { type: "publickey", username, key };
}

function handshakeError(
  address: HostAddress,
  settings: SshSettings,
  error: Error & { level?: string },
): DeployError {
  if (error.level !== "client-authentication")
    return unreachable(address, settings.timeoutMs, timedOut(error));
  const tried = settings.identities.map((identity) => identity.name);
  return new DeployError(
    "HOST_AUTHENTICATION",
    {
      cause:
        tried.length === 0
          ? `there is no SSH key to log in with as ${address.user}@${address.host}`
          : `${address.user}@${address.host} accepted none of: ${tried.join(", ")}`,
      host: address.host,
      hint: `try by hand: ssh -p ${address.port} ${address.user}@${address.host}; name the right key under ssh.keys`,
      state: "unchanged",
    },
    { cause: error },
  );
}

function timedOut(error: Error & { level?: string }): Error {
  return error.level === "client-timeout" ? Object.assign(error, { code: "ETIMEDOUT" }) : error;
}

/** A stream to a host through another one we are connected to, which is left when that fails. */
export function forward(jump: Client, through: HostAddress, address: HostAddress): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    jump.forwardOut("127.0.0.1", 0, address.host, address.port, (error, channel) => {
      if (error === undefined) return resolve(channel);
      jump.end();
      const cause = `${through.host} could not pass us on to ${address.host}: ${error.message}`;
      reject(new DeployError("HOST_UNREACHABLE", { cause, host: address.host }, { cause: error }));
    });
  });
}
