/** Record type of a handshake, and the handshake message that a client begins with (RFC 8446, 4 and 5.1). */
const handshakeRecord = 22;
const clientHello = 1;
const alpnExtension = 16;
/** Before the session id: record header 5, message header 4, version 2, random 32. */
const sessionIdAt = 43;

/**
 * The protocols that a client offers (ALPN), read from the first bytes it sends.
 *
 * @returns null while bytes are missing; an empty list for what is no ClientHello or offers none
 */
export function offeredProtocols(bytes: Buffer): string[] | null {
  if (bytes.length < 1) return null;
  if (bytes[0] !== handshakeRecord) return [];
  if (bytes.length < 5 || bytes.length < 5 + bytes.readUInt16BE(3)) return null;
  try {
    return bytes[5] === clientHello ? alpnOf(bytes, extensionsAt(bytes)) : [];
  } catch (error) {
    // A length that points beyond the record: OpenSSL will refuse it in its own words.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function extensionsAt(bytes: Buffer): number {
  let at = sessionIdAt;
  at += 1 + bytes.readUInt8(at);
  at += 2 + bytes.readUInt16BE(at);
  at += 1 + bytes.readUInt8(at);
  return at;
}

function alpnOf(bytes: Buffer, extensions: number): string[] {
  const end = extensions + 2 + bytes.readUInt16BE(extensions);
  for (let at = extensions + 2; at + 4 <= end; ) {
    const length = bytes.readUInt16BE(at + 2);
    if (bytes.readUInt16BE(at) === alpnExtension) return namesIn(bytes, at + 6, at + 4 + length);
    at += 4 + length;
  }
  return [];
}

function namesIn(bytes: Buffer, from: number, to: number): string[] {
  const names: string[] = [];
  for (let at = from; at < to; ) {
    const length = bytes.readUInt8(at);
    names.push(bytes.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return names;
}
