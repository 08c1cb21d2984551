import { createSecretKey, KeyObject } from "node:crypto";
import type { Client } from "ssh2";

/** What ssh2 1.17 keeps of a connection's AES-GCM keys; nothing that it promises to keep so. */
interface Keyed {
  _protocol?: { _cipher?: { _encKey?: unknown }; _decipher?: { _decipherKey?: unknown } };
}

/**
 * Gives each direction of a connection its key as a key object. ssh2 passes it as bytes with each
 * packet, and of bytes Node finds out every time that they are no key object, by an exception that it
 * catches: 50 to 100 µs for each of a deploy's thousand packets.
 *
 * Where ssh2 keeps its keys in another way, and after it has agreed on new ones, all stays as it was.
 */
export function readyKeys(client: Client): void {
  const { _cipher: out, _decipher: back } = (client as unknown as Keyed)._protocol ?? {};
  if (out?._encKey instanceof Uint8Array) out._encKey = createSecretKey(out._encKey);
  if (back?._decipherKey instanceof Uint8Array) back._decipherKey = createSecretKey(back._decipherKey);
}

/** Whether a connection works with key objects in both directions. */
export function hasReadyKeys(client: Client): boolean {
  const { _cipher: out, _decipher: back } = (client as unknown as Keyed)._protocol ?? {};
  return out?._encKey instanceof KeyObject && back?._decipherKey instanceof KeyObject;
}
