import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { createSecureContext, type SecureContext, type SecureContextOptions } from "node:tls";

/** A certificate chain and its private key, as PEM. The leaf comes first in the chain. */
export interface CertificatePair {
  certificate: string;
  privateKey: string;
}

/** What is wrong with a pair, and with which half of it. */
export interface PairFault {
  part: "certificate" | "privateKey";
  must: string;
}

/**
 * Checks that both halves can be read and belong together.
 *
 * @returns null when they do
 */
export function pairFault({ certificate, privateKey }: CertificatePair): PairFault | null {
  const leaf = leafOf(certificate);
  if (leaf === null) return { part: "certificate", must: "a certificate in PEM, the host's own first" };
  const key = keyOf(privateKey);
  if (key === null) return { part: "privateKey", must: "a private key in PEM, without a passphrase" };
  if (!leaf.checkPrivateKey(key)) return { part: "privateKey", must: "the key of the certificate" };
  return isTaken({ certificate, privateKey })
    ? null
    : { part: "certificate", must: "a chain that OpenSSL takes: no broken link in it, no key too short" };
}

/**
 * What every context is made with. TLS 1.2 and up: what is older is broken (RFC 8996). No client shows a certificate, so
 * none of the hundred and forty authorities is needed that Node would read: 10 ms of the first context.
 */
export const contextOptions = { minVersion: "TLSv1.2", ca: [] } as const satisfies SecureContextOptions;

/** Makes a certificate ready for handshakes; costs a millisecond, so it is done once for each. */
export function secureContext({ certificate, privateKey }: CertificatePair): SecureContext {
  return createSecureContext({ ...contextOptions, cert: certificate, key: privateKey });
}

function isTaken(pair: CertificatePair): boolean {
  try {
    secureContext(pair);
    return true;
  } catch {
    return false;
  }
}

/** The first certificate of a chain; null when it can't be read. */
export function leafOf(certificate: string): X509Certificate | null {
  try {
    return new X509Certificate(certificate);
  } catch {
    // OpenSSL's words on it say nothing that helps whoever pasted it.
    return null;
  }
}

function keyOf(privateKey: string): KeyObject | null {
  try {
    return createPrivateKey(privateKey);
  } catch {
    return null;
  }
}
