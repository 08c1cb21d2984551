import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { DeployError } from "../../errors/index.ts";
import { addressName, type HostAddress } from "../address.ts";

/** How a connection is opened. */
export interface SocketSettings {
  /** How long the name's resolution and the connect may take together. */
  timeoutMs: number;
  /** How often a name that cannot be looked up is tried again. */
  dnsRetries: number;
  signal: AbortSignal;
}

/** Before each further look-up: twice as long as before it, as far as a name server's hiccup lasts. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Opens a TCP connection to a host's SSH port.
 *
 * @throws DeployError HOST_UNREACHABLE, saying whether it was the name, a refusal or silence
 */
export async function openSocket(address: HostAddress, settings: SocketSettings): Promise<Socket> {
  const { timeoutMs, dnsRetries, signal } = settings;
  for (let tries = 0; ; tries += 1) {
    try {
      return await connectOnce(address, timeoutMs, signal);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (!isNameFailure(error) || tries === dnsRetries) throw unreachable(address, timeoutMs, error);
      await wait(Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS), undefined, { signal });
    }
  }
}

/** A name server that cannot be reached or does not answer; that there is no such name stays so. */
function isNameFailure(error: Error): boolean {
  return "code" in error && error.code === "EAI_AGAIN";
}

function connectOnce(address: HostAddress, timeoutMs: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // Nagle's algorithm costs 40 ms on every small packet, so it must be off before the handshake.
    const socket = connect({ host: address.host, port: address.port, noDelay: true });
    // Only until it is connected: what was begun on a host is finished or undone over this very socket.
    const abandon = () => socket.destroy(new Error("called off"));
    signal.addEventListener("abort", abandon, { once: true });
    if (signal.aborted) abandon();
    socket.setTimeout(timeoutMs, () => socket.destroy(new ConnectTimeout()));
    socket.once("error", (error) => {
      signal.removeEventListener("abort", abandon);
      reject(error);
    });
    socket.once("connect", () => {
      signal.removeEventListener("abort", abandon);
      socket.setTimeout(0);
      socket.removeAllListeners("timeout");
      socket.removeAllListeners("error");
      resolve(socket);
    });
  });
}

class ConnectTimeout extends Error {
  readonly code = "ETIMEDOUT";
}

/** The sentence for a connect that failed. */
export function unreachable(address: HostAddress, timeoutMs: number, error: Error): DeployError {
  const name = addressName(address);
  const code = "code" in error ? String(error.code) : "";
  const causes: Record<string, [cause: string, hint: string]> = {
    ECONNREFUSED: [
      `${address.host} refuses connections on port ${address.port}`,
      "is sshd running there, and is ssh.port right?",
    ],
    ENOTFOUND: [`no address is known for the name ${address.host}`, "is the host's name spelt right?"],
    EAI_AGAIN: [
      `the name ${address.host} could not be looked up`,
      "is the network up, and does its name server answer?",
    ],
    ETIMEDOUT: [
      `${name} did not answer within ${timeoutMs / 1000} s`,
      "is the host up, and does a firewall let us through?",
    ],
    EHOSTUNREACH: [`there is no route to ${name}`, "is the host up, and is the network right?"],
    ENETUNREACH: [`there is no route to ${name}`, "is this machine's network up?"],
  };
  const [cause, hint] = causes[code] ?? [
    `${name} could not be reached: ${error.message}`,
    `ssh ${address.user}@${address.host} true`,
  ];
  return new DeployError("HOST_UNREACHABLE", { cause, hint, host: address.host }, { cause: error });
}
