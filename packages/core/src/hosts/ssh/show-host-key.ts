import type { Duplex } from "node:stream";
import { Client, type ServerHostKeyAlgorithm } from "ssh2";
import type { HostAddress } from "../address.ts";
import { connectSsh, forward, type SshSettings } from "./connect.ts";
import { preferredAlgorithms } from "./host-key-check.ts";
import { openSocket, unreachable } from "./socket.ts";

/**
 * Asks a host for its key and hangs up: nothing is authenticated and nothing proven. Of several keys
 * it is the one of an algorithm on record, so that it can be compared.
 *
 * @returns the key's bytes as the protocol carries them
 * @throws DeployError HOST_UNREACHABLE; or what a jump host refused with
 */
export async function showHostKey(address: HostAddress, settings: SshSettings): Promise<Buffer> {
  const algorithms = preferredAlgorithms(settings.knownHosts, address);
  const through = settings.jumps.at(-1);
  if (through === undefined) {
    const socket = await openSocket(address, settings.timeoutMs, settings.signal);
    return keyBehind(socket, address, settings.timeoutMs, algorithms);
  }
  const jump = await connectSsh(through, { ...settings, jumps: settings.jumps.slice(0, -1) });
  try {
    return await keyBehind(await forward(jump, through, address), address, settings.timeoutMs, algorithms);
  } finally {
    jump.end();
  }
}

function keyBehind(
  socket: Duplex,
  address: HostAddress,
  timeoutMs: number,
  serverHostKey: ServerHostKeyAlgorithm[],
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    const fail = (error: Error) => {
      socket.destroy();
      reject(unreachable(address, timeoutMs, error));
    };
    // Also after the key: refusing it ends the handshake with an error.
    client.on("error", fail);
    client.once("close", () => fail(new Error("it closed the connection during the handshake")));
    client.connect({
      sock: socket,
      username: address.user,
      readyTimeout: timeoutMs,
      algorithms: { serverHostKey },
      hostVerifier: (key: Buffer) => {
        resolve(key);
        return false;
      },
    });
  });
}
