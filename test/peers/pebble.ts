import type { dockerAt } from "../../packages/harness/src/engine/ask.ts";
import { selfSigned } from "../../packages/proxy/src/tls/testing/self-signed.ts";
import { type Peer, startPeer } from "./container.ts";

/** The ACME test server of Let's Encrypt's makers, as the proxy meets it. */
export interface Pebble {
  directoryUrl: string;
  /** PEM of what signed the directory's own certificate. */
  authorities: string;
  remove(): Promise<void>;
}

/**
 * Starts Pebble, which will validate `hosts` at this machine.
 *
 * @param ports of this machine at which it looks for the two kinds of challenge
 */
export async function startPebble(
  docker: ReturnType<typeof dockerAt>,
  name: string,
  hosts: readonly string[],
  ports: { http: number; https: number },
): Promise<Pebble> {
  const own = selfSigned("localhost");
  const config = {
    pebble: {
      listenAddress: "0.0.0.0:14000",
      managementListenAddress: "0.0.0.0:15000",
      certificate: "/peer/certificate.pem",
      privateKey: "/peer/key.pem",
      httpPort: ports.http,
      tlsPort: ports.https,
      ocspResponderURL: "",
      externalAccountBindingRequired: false,
    },
  };
  const peer: Peer = await startPeer(docker, {
    name,
    command: ["pebble", "-config", "/peer/config.json", "-strict"],
    files: {
      "/peer/config.json": JSON.stringify(config),
      "/peer/certificate.pem": own.certificate,
      "/peer/key.pem": own.privateKey,
    },
    ports: [14_000, 15_000],
    // It would else wait up to 15 s before each validation, to be like the real one.
    env: { PEBBLE_VA_NOSLEEP: "1" },
    hostNames: hosts,
    readyWhen: "ACME directory available at",
  });
  return {
    directoryUrl: `https://localhost:${peer.port(14_000)}/dir`,
    authorities: own.certificate,
    remove: () => peer.remove(),
  };
}
