import type { SecureContext } from "node:tls";
import { type CertificatePair, secureContext } from "../pair.ts";
import type { CertificateFiles } from "./certificate-files.ts";
import type { HttpChallenges } from "./http-challenges.ts";
import type { AcmeSettings, ChallengeType } from "./settings.ts";

/** Gets certificates. */
export interface Issuer {
  /** @throws Error saying what the server or the network objected to */
  issue(host: string, challenge: ChallengeType): Promise<CertificatePair>;
}

/** The certificates that answer TLS-ALPN-01 challenges (RFC 8737) while these are open, by host. */
export type AlpnChallenges = Map<string, SecureContext>;

/** Gets certificates from an ACME server, answering its challenges through the proxy itself. */
export class AcmeIssuer implements Issuer {
  readonly #settings: AcmeSettings;
  readonly #files: CertificateFiles;
  readonly #http: HttpChallenges;
  readonly #alpn: AlpnChallenges;

  constructor(settings: AcmeSettings, files: CertificateFiles, http: HttpChallenges, alpn: AlpnChallenges) {
    this.#settings = settings;
    this.#files = files;
    this.#http = http;
    this.#alpn = alpn;
  }

  async issue(host: string, challengeType: ChallengeType): Promise<CertificatePair> {
    // Half of what the proxy would load at start, for what few proxies do every second month.
    const { default: acme } = await import("acme-client");
    const { directoryUrl, directoryAuthorities, email } = this.#settings;
    if (directoryAuthorities !== null) {
      const { Agent } = await import("node:https");
      acme.axios.defaults.httpsAgent = new Agent({ ca: directoryAuthorities });
    }
    const accountKey = await this.#files.accountKey(directoryUrl, async () =>
      (await acme.crypto.createPrivateEcdsaKey("P-256")).toString(),
    );
    const client = new acme.Client({ directoryUrl, accountKey });
    const [key, csr] = await acme.crypto.createCsr(
      { commonName: host, altNames: [host] },
      await acme.crypto.createPrivateEcdsaKey("P-256"),
    );
    const certificate = await client.auto({
      csr,
      ...(email === null ? {} : { email }),
      termsOfServiceAgreed: true,
      challengePriority: [challengeType],
      // Whether we can reach ourselves by that name from inside says nothing about the outside.
      skipChallengeVerification: true,
      challengeCreateFn: async (authorization, challenge: { type: string; token: string }, answer) => {
        if (challenge.type === "http-01") await this.#http.add(challenge.token, answer);
        else if (challenge.type === "tls-alpn-01") {
          const [alpnKey, alpnCertificate] = await acme.crypto.createAlpnCertificate(authorization, answer);
          const pair = { privateKey: alpnKey.toString(), certificate: alpnCertificate.toString() };
          this.#alpn.set(host, secureContext(pair));
        } else throw new Error(`the server offers no ${challengeType} challenge for ${host}`);
      },
      challengeRemoveFn: async (_, challenge) => {
        this.#alpn.delete(host);
        if (challenge.type === "http-01") await this.#http.remove(challenge.token);
      },
    });
    return { certificate, privateKey: key.toString() };
  }
}
