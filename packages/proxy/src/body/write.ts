import type { Writable } from "node:stream";

/**
 * Writes a head and the bytes of its body that are at hand, in one buffer and one call of the
 * system. The body is copied: it may be changed once this has returned.
 *
 * @param head in latin1
 * @returns false when the socket holds more than it wants to
 */
export function writeHeadAndBody(socket: Writable, head: string, body: Buffer | null): boolean {
  if (body === null || body.length === 0) return socket.write(head, "latin1");
  const bytes = Buffer.allocUnsafe(head.length + body.length);
  bytes.write(head, 0, head.length, "latin1");
  body.copy(bytes, head.length);
  return socket.write(bytes);
}
