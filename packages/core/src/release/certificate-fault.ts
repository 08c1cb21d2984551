import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { Config } from "../config/config.ts";
import { DeployError } from "../errors/index.ts";
import { type Certificate, ownCertificate } from "./certificate.ts";

/**
 * Refuses certificates that a proxy would refuse, or every browser, before a host is connected to.
 *
 * @param values every secret's value, by name
 * @param now milliseconds since the epoch
 * @throws DeployError SECRETS_INVALID naming both secrets of a pair
 */
export function refuseUnfit(config: Config, values: ReadonlyMap<string, string>, now: number): void {
  for (const { name, proxy } of config.roles) {
    const own = ownCertificate(config, name, values);
    if (own === null || proxy?.tls.kind !== "own") continue;
    const fault = certificateFault(own, now);
    if (fault === null) continue;
    const { certificate, privateKey } = proxy.tls;
    throw new DeployError("SECRETS_INVALID", {
      cause: `the certificate of role ${name}, in the secrets ${certificate.secret} and ${privateKey.secret}, cannot be used: ${fault}`,
      hint: `put the certificate, the host's own first, in ${certificate.secret} and its key in ${privateKey.secret}, both as PEM`,
      state: "unchanged",
    });
  }
}

/**
 * What keeps a certificate and its key from being used, in words that hold nothing of either.
 *
 * @param now milliseconds since the epoch
 * @returns null when nothing does
 */
export function certificateFault({ certificate, privateKey }: Certificate, now: number): string | null {
  const leaf = read(() => new X509Certificate(certificate));
  if (leaf === null) return "the first is no certificate in PEM";
  const key: KeyObject | null = read(() => createPrivateKey(privateKey));
  if (key === null) return "the second is no private key in PEM without a passphrase";
  if (!leaf.checkPrivateKey(key)) return "the key is not that of the certificate";
  return Date.parse(leaf.validTo) < now ? `it has expired on ${leaf.validTo}` : null;
}

function read<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    // OpenSSL's words on it say nothing that helps whoever pasted it, and may quote what was pasted.
    return null;
  }
}
