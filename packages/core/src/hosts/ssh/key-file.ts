import ssh2, { type ParsedKey } from "ssh2";

/** What a file, or a secret, turned out to hold. */
export type KeyFile = {
  /** What to call it in messages. */
  name: string;
  /** Its public half, where an agent may hold the private one; null: not known, or not needed. */
  publicKey: Buffer | null;
  /** Whether a certificate lies beside it. */
  certificate: boolean;
} & (
  | { kind: "private"; key: ParsedKey }
  /** It wants a passphrase. */
  | { kind: "locked"; pem: string | Buffer }
  | { kind: "public" }
  | { kind: "unusable"; reason: string }
);

/**
 * Understands a key.
 *
 * @param content its text, or why it could not be read
 * @param publicText the text of the `.pub` file beside it; null: there is none
 */
export function readKey(
  name: string,
  content: string | Buffer | Error,
  publicText: string | null = null,
  certificate = false,
): KeyFile {
  const about = { name, certificate };
  if (content instanceof Error)
    return { ...about, kind: "unusable", publicKey: null, reason: content.message };
  const key = parsed(content);
  if (!(key instanceof Error))
    return key.isPrivateKey()
      ? { ...about, kind: "private", publicKey: null, key }
      : { ...about, kind: "public", publicKey: key.getPublicSSH() };
  const publicKey = publicText === null ? null : bytesOf(parsed(publicText));
  if (/encrypted/i.test(key.message)) return { ...about, kind: "locked", publicKey, pem: content };
  const reason = /^sk-|security.?key/i.test(publicText ?? "")
    ? "keys on a security token cannot be used"
    : `${key.message}; it has to be a private key of type ed25519, ecdsa or rsa`;
  return { ...about, kind: "unusable", publicKey, reason };
}

/**
 * A locked key, opened.
 *
 * @returns null when the passphrase is not the right one
 */
export function unlockKey(pem: string | Buffer, passphrase: string): ParsedKey | null {
  const key = parsed(pem, passphrase);
  return key instanceof Error ? null : key;
}

function parsed(content: string | Buffer, passphrase?: string): ParsedKey | Error {
  const found = ssh2.utils.parseKey(content, passphrase) as ParsedKey | ParsedKey[] | Error;
  return (Array.isArray(found) ? found[0] : found) ?? new Error("it holds no key");
}

function bytesOf(key: ParsedKey | Error): Buffer | null {
  return key instanceof Error ? null : key.getPublicSSH();
}
