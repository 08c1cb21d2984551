import { get } from "node:https";
import { text } from "node:stream/consumers";
import type { dockerAt } from "../../packages/harness/src/engine/ask.ts";
import { selfSigned } from "../../packages/proxy/src/tls/testing/self-signed.ts";
import { type Peer, type PeerNetwork, startPeer } from "./container.ts";

/** The ACME test server of Let's Encrypt's makers, as the proxy meets it. */
export interface Pebble {
  directoryUrl: string;
  /** Where its own name leads within its network. */
  address: string;
  /** PEM of what signed the directory's own certificate. */
  authorities: string;
  /** PEM of what signs the certificates that it issues: another one at each start. */
  root(): Promise<string>;
  remove(): Promise<void>;
}

/** How Pebble is run. */
export interface PebbleOptions {
  /** Of its container. */
  name: string;
  /** The names that it validates, and where they lead. */
  hosts: Readonly<Record<string, string>>;
  /** Where it looks there for the two kinds of challenge. */
  ports: { http: number; https: number };
  /** Where it is asked for certificates; at this machine by default. */
  network?: PeerNetwork;
}

/** Starts Pebble. */
export async function startPebble(
  docker: ReturnType<typeof dockerAt>,
  { name, hosts, ports, network }: PebbleOptions,
): Promise<Pebble> {
  const own = selfSigned("localhost", ...(network ? [network.alias] : []));
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
    hosts,
    ...(network && { network }),
    readyWhen: "ACME directory available at",
  });
  return {
    directoryUrl: `https://${network ? `${network.alias}:14000` : `localhost:${peer.port(14_000)}`}/dir`,
    address: peer.address,
    authorities: own.certificate,
    root: () => fetched(`https://localhost:${peer.port(15_000)}/roots/0`, own.certificate),
    remove: () => peer.remove(),
  };
}

function fetched(url: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { ca }, (answer) => text(answer).then(resolve, reject)).on("error", reject);
  });
}
