import type { SecureContext } from "node:tls";
import { wildcardOf } from "../route/host.ts";
import { type CertificatePair, secureContext } from "./pair.ts";

/** The certificates of this proxy, found by the name that a client asks for (SNI). */
export class CertificateStore {
  #own = new Map<string, SecureContext>();
  /** By the pair's text: services change often, their certificates seldom. */
  #made = new Map<string, SecureContext>();
  readonly #obtained = new Map<string, SecureContext>();

  /**
   * Takes the certificates that services brought along in place of those they brought before.
   *
   * @param claims each with the hosts it is for: exact names, `*.example.com`, and "" for any other
   */
  takeOwn(claims: Iterable<{ hosts: readonly string[]; pair: CertificatePair }>): void {
    const own = new Map<string, SecureContext>();
    const made = new Map<string, SecureContext>();
    for (const { hosts, pair } of claims) {
      const name = pair.certificate + pair.privateKey;
      const context = this.#made.get(name) ?? secureContext(pair);
      made.set(name, context);
      for (const host of hosts.length === 0 ? [""] : hosts) own.set(host, context);
    }
    this.#own = own;
    this.#made = made;
  }

  /** Takes a certificate that was got for one host; one it had before is used until then. */
  takeObtained(host: string, pair: CertificatePair): void {
    this.#obtained.set(host, secureContext(pair));
  }

  /**
   * The certificate for a name; a service's own goes before one that was got.
   *
   * @param name in lower case; "" for a client that names none
   */
  find(name: string): SecureContext | null {
    const wildcard = wildcardOf(name);
    return (
      this.#own.get(name) ??
      this.#obtained.get(name) ??
      (wildcard === null ? undefined : this.#own.get(wildcard)) ??
      this.#own.get("") ??
      null
    );
  }
}
