import { Client, type ServerHostKeyAlgorithm } from "ssh2";
import type { HostAddress } from "../address.ts";
import { hostAtTheEnd, type Way } from "../way.ts";
import { connectSsh, type SshSettings } from "./connect.ts";
import { firstStream, forward } from "./first-stream.ts";
import { preferredAlgorithms } from "./host-key-check.ts";
import type { Reach } from "./proxy-command.ts";
import { unreachable } from "./socket.ts";

/**
 * Asks a host for its key and hangs up: nothing is authenticated and nothing proven. Of several keys
 * it is the one of an algorithm on record, so that it can be compared.
 *
 * @returns the key's bytes as the protocol carries them
 * @throws DeployError HOST_UNREACHABLE; or what a jump host refused with
 */
export async function showHostKey(way: Way, settings: SshSettings): Promise<Buffer> {
  const target = hostAtTheEnd(way);
  const { address } = target;
  const algorithms = preferredAlgorithms(target.knownHosts, address);
  const through = way.stages.at(-2);
  if (through === undefined)
    return keyBehind(await firstStream(way, target, settings), address, settings.timeoutMs, algorithms);
  const jump = await connectSsh({ ...way, stages: way.stages.slice(0, -1) }, settings);
  try {
    const reach = await forward(jump, through.address, address);
    return await keyBehind(reach, address, settings.timeoutMs, algorithms);
  } finally {
    jump.end();
  }
}

function keyBehind(
  { stream, said }: Reach,
  address: HostAddress,
  timeoutMs: number,
  serverHostKey: ServerHostKeyAlgorithm[],
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    const fail = (error: Error) => {
      stream.destroy();
      const reason = said() === "" ? error : new Error(`the proxy command said: ${said()}`, { cause: error });
      reject(unreachable(address, timeoutMs, reason));
    };
    // Also after the key: refusing it ends the handshake with an error.
    client.on("error", fail);
    client.once("close", () => fail(new Error("it closed the connection during the handshake")));
    client.connect({
      sock: stream,
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
