import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../clock.ts";
import { withoutPrefix } from "../route/prefix.ts";
import type { Registry } from "../switch/registry.ts";

/** Accepts clients over plain HTTP. */
export interface HttpListener {
  address(): AddressInfo | string | null;
  close(limitMs: number, clock: Clock): Promise<void>;
}

/** The first data plane: node's own server and agent, to be replaced by the engine over sockets. */
export async function listenHttp(port: number, registry: Registry): Promise<HttpListener> {
  const server = createServer((incoming, outgoing) => forward(registry, incoming, outgoing));
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, resolve);
  });
  return {
    address: () => server.address(),
    async close(limitMs, clock) {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const limit = clock.after(limitMs, () => server.closeAllConnections());
      await closed;
      limit.cancel();
    },
  };
}

function forward(registry: Registry, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const url = incoming.url ?? "/";
  const route = registry.route((incoming.headers.host ?? "").toLowerCase(), url);
  if (route === null) {
    refuse(outgoing, 404);
    return;
  }
  const { to: service, prefix } = route;
  const group = service.active;
  if (group === null) {
    refuse(outgoing, 503);
    return;
  }
  const upstream = group.pick();
  const inFlight = { kind: "request" as const, cut: () => end(true) };
  group.enter(inFlight);
  service.counts.requests += 1;
  const asked = request({
    ...upstream.address,
    method: incoming.method,
    path: group.release.options.stripPathPrefix ? withoutPrefix(url, prefix) : url,
    headers: incoming.headers,
    agent: false,
  });
  asked.on("response", (response) => {
    if ((response.statusCode ?? 0) >= 500) service.counts.targetErrors += 1;
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
    response.on("error", () => outgoing.destroy());
  });
  asked.on("error", () => {
    service.counts.targetFailures += 1;
    if (outgoing.headersSent) outgoing.destroy();
    else refuse(outgoing, 502);
  });
  outgoing.on("close", () => end(false));
  incoming.pipe(asked);

  function end(cut: boolean): void {
    group?.leave(inFlight, cut);
    if (cut) outgoing.destroy();
    asked.destroy();
  }
}

function refuse(outgoing: ServerResponse, status: number): void {
  outgoing.writeHead(status, { "content-type": "text/plain" });
  outgoing.end(`${status}\n`);
}
