/**
 * `node floor-program.ts HTTP-PORT HTTPS-PORT ORIGIN-PORT CERTIFICATE KEY`: the least that a proxy on Node's own
 * sockets can cost. It reads nothing of what it passes: it takes whatever comes for one request for `/1k`, asks
 * the origin for that over a connection that it keeps, and takes an answer to be as long as the first one was.
 */
import { readFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

const [httpPort, httpsPort, originPort, certificate = "", key = ""] = process.argv.slice(2);
const request = "GET /1k HTTP/1.1\r\nHost: localhost\r\n\r\n";
const idle: Upstream[] = [];
let answerLength = 0;

type Upstream = Socket & { client: Socket; closes: boolean; got: number };

const buffer = Buffer.allocUnsafeSlow(65_536);

function onAnswer(this: unknown, length: number): boolean {
  const upstream = this as Upstream;
  const { client } = upstream;
  client.write(Buffer.from(buffer.subarray(0, length)));
  upstream.got += length;
  answerLength ||= length;
  if (upstream.got < answerLength) return true;
  if (upstream.closes) client.end();
  idle.push(upstream);
  return true;
}

function connected(): Upstream {
  const options = { port: Number(originPort), host: "127.0.0.1", noDelay: true };
  return connect({ ...options, onread: { buffer, callback: onAnswer } }) as Upstream;
}

function onRequest(this: Socket, chunk: Buffer): void {
  const upstream = idle.pop() ?? connected();
  upstream.client = this;
  upstream.closes = chunk.includes("\r\nConnection: close");
  upstream.got = 0;
  upstream.write(request, "latin1");
}

function onError(this: Socket): void {
  this.destroy();
}

function accept(socket: Socket): void {
  socket.on("data", onRequest);
  socket.on("error", onError);
}

const backlog = 4_096;
createServer({ noDelay: true }, accept).listen({ port: Number(httpPort), host: "127.0.0.1", backlog });
const pair = { cert: readFileSync(certificate), key: readFileSync(key) };
createTlsServer({ ...pair, noDelay: true }, accept).listen({
  port: Number(httpsPort),
  host: "127.0.0.1",
  backlog,
});
