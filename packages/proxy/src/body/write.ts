import type { Writable } from "node:stream";
import { DirectSocket } from "./direct-socket.ts";

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
 * @returns false when the socket is to be drained before more is written
 */
export function writeHeadAndBody(socket: Writable, head: string, body: Buffer | null): boolean {
  if (body === null || body.length === 0) {
    return socket instanceof DirectSocket ? socket.putText(head) : socket.write(head, "latin1");
  }
  const length = head.length + body.length;
  const bytes = bufferFor(socket, length);
  bytes.write(head, 0, head.length, "latin1");
  bytes.set(body, head.length);
  return put(socket, bytes, length);
}

/**
 * Writes bytes that may be changed once this has returned.
 *
 * @returns false when the socket is to be drained before more is written
 */
export function writeCopy(socket: Writable, body: Buffer): boolean {
  const bytes = bufferFor(socket, body.length);
  bytes.set(body);
  return put(socket, bytes, body.length);
}

/** A buffer of at least that length, and of just that length unless it is the one that is used again. */
function bufferFor(socket: Writable, length: number): Buffer {
  const isShared = length <= outgoingBytes && socket instanceof DirectSocket && socket.isDirect;
  if (!isShared) return Buffer.allocUnsafe(length);
  outgoing ??= Buffer.allocUnsafeSlow(outgoingBytes);
  return outgoing;
}

function put(socket: Writable, bytes: Buffer, length: number): boolean {
  if (bytes !== outgoing) return socket.write(bytes);
  const direct = socket as DirectSocket;
  const goesOn = direct.putBytes(bytes.subarray(0, length));
  // The socket keeps the buffer until the system has taken all of it.
  if (!direct.isDirect) outgoing = null;
  return goesOn;
}
