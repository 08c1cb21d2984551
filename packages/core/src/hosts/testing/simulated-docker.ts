import { createServer, type IncomingMessage, type Server } from "node:http";
import type { SimulatedHost } from "./simulated-fleet.ts";
import { converse } from "./simulated-proxy.ts";

/** What a host was asked, in order. */
export interface Asked {
  /** SSH connections. */
  connections: number;
  /** Channels of those. */
  channels: number;
  /** `GET /containers/json` */
  docker: string[];
  scripts: number;
  /** Verbs of the control protocol. */
  proxy: string[];
}

/** Docker's Engine API as far as a look needs it: lists, and an exec that speaks to the proxy. */
export function simulatedDocker(host: SimulatedHost, asked: Asked): Server {
  const server = createServer((request, response) => {
    const path = pathOf(request);
    asked.docker.push(`${request.method} ${path}`);
    request.resume();
    const answer = path.endsWith("/exec") ? { Id: "dial" } : host.docker[path];
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { message: `no ${path} is simulated` }));
  });
  server.on("upgrade", (request, stream) => {
    asked.docker.push(`${request.method} ${pathOf(request)}`);
    stream.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
    converse(stream, host, asked, onStdout);
  });
  return server;
}

/** `/v1.45/containers/json?all=true` is `/containers/json`. */
function pathOf({ url = "" }: IncomingMessage): string {
  return url.replace(/^\/v[\d.]+/, "").replace(/\?.*$/, "");
}

/** Docker puts the stream's number and the length before each piece of output. */
function onStdout(text: string): Buffer {
  const head = Buffer.alloc(8);
  head[0] = 1;
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([head, Buffer.from(text)]);
}
