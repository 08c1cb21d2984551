import type { dockerAt } from "../../packages/harness/src/engine/ask.ts";
import { type Peer, startPeer, thisMachine } from "./container.ts";

/** Starts HAProxy in front of an origin on this machine, as strict as it is by default. */
export function startHaproxy(
  docker: ReturnType<typeof dockerAt>,
  name: string,
  origin: number,
): Promise<Peer> {
  const config = `
global
  log stdout format raw daemon info
defaults
  mode http
  log global
  timeout connect 2s
  timeout client 5s
  timeout server 5s
  retries 0
frontend clients
  bind :8000
  default_backend origin
backend origin
  server origin origin.test:${origin}
`;
  return startPeer(docker, {
    name,
    command: ["haproxy", "-V", "-db", "-f", "/peer/haproxy.cfg"],
    files: { "/peer/haproxy.cfg": config },
    ports: [8000],
    hosts: { "origin.test": thisMachine },
    readyWhen: "as the polling mechanism",
  });
}
