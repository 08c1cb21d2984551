import { connect } from "node:net";
import { pipeline } from "node:stream/promises";

/**
 * Joins a pair of streams to the control socket until either side ends: how a client reaches the
 * proxy through `docker exec -i`.
 *
 * @throws the socket's error, such as ENOENT when no proxy is running
 */
export async function dial(
  path: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<void> {
  const socket = connect({ path, allowHalfOpen: true });
  const outward = pipeline(input, socket);
  // The proxy may end first; what the client still sends is then of no use.
  outward.catch(() => socket.destroy());
  await pipeline(socket, output, { end: false });
}
