import { Socket } from "node:net";
import type { Writable } from "node:stream";

/** The longest head that is read, as much again of what we add, and what one read brings of a body. */
const outgoingBytes = 32_768 + 8_192 + 65_536;

/**
 * What is written is put together here, one write after another: a buffer for each would be most of the
 * memory that a request costs.
 */
let outgoing: Buffer | null = null;

/**
 * Writes a head and the bytes of its body that are at hand, in one buffer and one call of the
 * system. The body is copied: it may be changed once this has returned.
 *
 * @param head in latin1
 * @returns false when the socket holds more than it wants to
 */
export function writeHeadAndBody(socket: Writable, head: string, body: Buffer | null): boolean {
  if (body === null || body.length === 0) return socket.write(head, "latin1");
  const bytes = bufferFor(socket, head.length + body.length);
  bytes.write(head, 0, head.length, "latin1");
  bytes.set(body, head.length);
  return put(socket, bytes, head.length + body.length);
}

/** Writes bytes that may be changed once this has returned. Gives false when the socket holds more than it wants to. */
export function writeCopy(socket: Writable, body: Buffer): boolean {
  const bytes = bufferFor(socket, body.length);
  bytes.set(body);
  return put(socket, bytes, body.length);
}

/** A buffer of at least that length, and of just that length unless it is the one that is used again. */
function bufferFor(socket: Writable, length: number): Buffer {
  if (length > outgoingBytes || !takesAtOnce(socket)) return Buffer.allocUnsafe(length);
  outgoing ??= Buffer.allocUnsafeSlow(outgoingBytes);
  return outgoing;
}

/** Whether what is written now is given to the system before `write` returns, as long as that has room. */
function takesAtOnce(socket: Writable): boolean {
  return (
    socket instanceof Socket && socket.writableLength === 0 && !socket.connecting && !("encrypted" in socket)
  );
}

function put(socket: Writable, bytes: Buffer, length: number): boolean {
  if (bytes !== outgoing) return socket.write(bytes);
  const goesOn = socket.write(bytes.subarray(0, length));
  // The system had no room for all of it: the socket keeps the buffer until it has.
  if (socket.writableLength > 0) outgoing = null;
  return goesOn;
}
