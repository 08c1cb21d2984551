/** How an ACME server (RFC 8555) proves that a host is ours: over plain http, or within a TLS handshake. */
export type ChallengeType = "http-01" | "tls-alpn-01";

/** Where certificates are got, and how. */
export interface AcmeSettings {
  /** The server's directory; Let's Encrypt's unless another is named. */
  directoryUrl: string;
  /** Whom the server may write to; null for nobody. */
  email: string | null;
  /** PEM of the authorities that the directory's own certificate is checked by; null for the usual ones. */
  directoryAuthorities: string | null;
  /** Tried in turn: the next one after each failure. */
  challenges: readonly [ChallengeType, ...ChallengeType[]];
  /** Where account keys, certificates and open challenges are kept. Several proxies may share it. */
  folder: string;
  /** Another proxy (`host:port`) that gets challenges which are not known here; null for none. */
  sibling: string | null;
}

/** Let's Encrypt, whose terms a user accepts by asking for automatic certificates. */
export const defaultDirectoryUrl = "https://acme-v02.api.letsencrypt.org/directory";
