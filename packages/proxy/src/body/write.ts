import type { Writable } from "node:stream";

/** Up to this many bytes, copying a body behind its head is cheaper than a second buffer's write. */
const copied = 16_384;

/**
 * Writes a head and the bytes of its body that are at hand, in one call of the system.
 *
 * @param head in latin1
 * @returns false when the socket holds more than it wants to
 */
export function writeHeadAndBody(socket: Writable, head: string, body: Buffer | null): boolean {
  if (body === null || body.length === 0) return socket.write(head, "latin1");
  if (body.length > copied) {
    socket.cork();
    socket.write(head, "latin1");
    const goOn = socket.write(body);
    socket.uncork();
    return goOn;
  }
  const bytes = Buffer.allocUnsafe(head.length + body.length);
  bytes.write(head, 0, head.length, "latin1");
  body.copy(bytes, head.length);
  return socket.write(bytes);
}
