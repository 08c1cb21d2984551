import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createRawServer, type Server as RawServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { FailureKind } from "./failure.ts";
import type { TrafficRequest } from "./mix.ts";
import { startTraffic, TrafficEndedError } from "./traffic.ts";

const open: (Server | RawServer)[] = [];
const sockets = new Set<Socket>();

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const server of open.splice(0)) {
    server.close();
    await once(server, "close");
  }
});

async function listening(server: Server | RawServer): Promise<string> {
  open.push(server);
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

const web = (listener: RequestListener) => listening(createServer(listener));

/** A server that does to a connection what no HTTP server would, once a request has come. */
const raw = (onRequest: (socket: Socket) => void) =>
  listening(
    createRawServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.once("data", () => onRequest(socket));
    }),
  );

const marks = (version: string, body: string | Buffer) => ({
  "x-app-version": version,
  "x-body-sha256": createHash("sha256").update(body).digest("hex"),
  "content-length": Buffer.byteLength(body),
});

const page: TrafficRequest = { method: "GET", path: "/", body: null, connection: "new", delayMs: 0 };

interface Twenty {
  request?: TrafficRequest;
  versions?: string[];
  timeoutMs?: number;
}

/** For servers that never answer; for all others a machine that stands still for a while makes no difference. */
const SOON_MS = 500;

/** Sends twenty requests and returns the report. */
async function twenty(url: string, { request = page, timeoutMs = 20_000, versions }: Twenty = {}) {
  const traffic = startTraffic({
    url,
    perSecond: 1_000,
    mix: () => request,
    timeoutMs,
    lastsMs: 19,
    ...(versions === undefined ? {} : { versions }),
  });
  await expect(traffic.answers(1_000)).rejects.toThrow(TrafficEndedError);
  return traffic.stop();
}

async function onlyFailure(url: string, options?: Twenty) {
  const report = await twenty(url, options);
  expect(report).toMatchObject({ sent: 20, answered: 0, failed: 20 });
  const kinds = Object.keys(report.byFailure) as FailureKind[];
  expect(kinds).toHaveLength(1);
  return { kind: kinds[0], detail: report.failures[0]?.detail };
}

test("complete answers count by status and version", async () => {
  const url = await web((_, response) => response.writeHead(200, marks("7", "hi")).end("hi"));
  const report = await twenty(url);
  expect(report).toMatchObject({ sent: 20, answered: 20, failed: 0, failures: [] });
  expect(report.byStatus).toEqual({ "200": 20 });
  expect(report.byVersion).toEqual({ "7": 20 });
});

test("kept connections carry more than one request", async () => {
  let connections = 0;
  const server = createServer((_, response) => response.writeHead(200, marks("1", "hi")).end("hi"));
  server.on("connection", () => {
    connections += 1;
  });
  const url = await listening(server);
  const traffic = startTraffic({ url, perSecond: 200, mix: () => ({ ...page, connection: "kept" }) });
  await traffic.answers(50);
  const report = await traffic.stop();
  expect(report.failed).toBe(0);
  expect(connections).toBeLessThan(report.sent);
});

test("a new connection each carries one request", async () => {
  let connections = 0;
  const server = createServer((_, response) => response.writeHead(200, marks("1", "hi")).end("hi"));
  server.on("connection", () => {
    connections += 1;
  });
  await twenty(await listening(server));
  expect(connections).toBe(20);
});

test("nothing listening is told from everything else", async () => {
  const url = await web(() => {});
  const server = open.pop() as Server;
  server.close();
  await once(server, "close");
  expect(await onlyFailure(url)).toEqual({ kind: "connect-refused", detail: "nothing listens there" });
});

test("a reset before the first byte", async () => {
  const url = await raw((socket) => socket.resetAndDestroy());
  expect(await onlyFailure(url)).toMatchObject({ kind: "reset-before-answer" });
});

test("a connection closed without an answer", async () => {
  const url = await raw((socket) => socket.end());
  expect(await onlyFailure(url)).toMatchObject({ kind: "closed-before-answer" });
});

test("a reset in the middle of a body", async () => {
  const url = await raw((socket) => {
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf", () =>
      setImmediate(() => setImmediate(() => socket.resetAndDestroy())),
    );
  });
  const report = await twenty(url);
  expect(report.failed).toBe(20);
  // A reset may overtake the bytes before it, so that a client sees none of them.
  expect(Object.keys(report.byFailure).every((kind) => kind.startsWith("reset-"))).toBe(true);
  expect(report.byFailure["reset-in-answer"]).toBeGreaterThan(0);
});

test("a body shorter than it was said to be", async () => {
  const url = await raw((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf"));
  const { kind, detail } = await onlyFailure(url);
  expect(kind).toBe("short-body");
  expect(detail).toBe("connection closed, 45 bytes of the answer had come");
});

test("a chunked body without its end", async () => {
  const url = await raw((socket) =>
    socket.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
  );
  expect(await onlyFailure(url)).toMatchObject({ kind: "short-body" });
});

test("no answer within the limit", async () => {
  const url = await web(() => {});
  expect(await onlyFailure(url, { timeoutMs: SOON_MS })).toMatchObject({
    kind: "timeout-before-answer",
    detail: "connected, then nothing more within 500 ms",
  });
});

test("an answer that stops half-way", async () => {
  const url = await raw((socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf"));
  expect(await onlyFailure(url, { timeoutMs: SOON_MS })).toMatchObject({ kind: "timeout-in-answer" });
});

test("what is no HTTP", async () => {
  const url = await raw((socket) => socket.end("SSH-2.0-OpenSSH_10.0\r\n"));
  expect(await onlyFailure(url)).toMatchObject({ kind: "not-http" });
});

test("an error made in front of the app names who made it", async () => {
  const url = await web((_, response) => response.writeHead(502, { server: "nginx" }).end("bad gateway"));
  expect(await onlyFailure(url)).toEqual({ kind: "status", detail: "status 502, made by nginx" });
});

test("an error made by the app says so", async () => {
  const url = await web((_, response) => response.writeHead(500, marks("1", "oh")).end("oh"));
  expect(await onlyFailure(url)).toEqual({ kind: "status", detail: "status 500, made by the app" });
});

test("a page of somebody else's", async () => {
  const url = await web((_, response) => response.end("Welcome to nginx!"));
  expect(await onlyFailure(url)).toMatchObject({ kind: "not-the-app" });
});

test("a body of the right length with the wrong bytes", async () => {
  const url = await web((_, response) => response.writeHead(200, marks("1", "right")).end("wrong"));
  expect(await onlyFailure(url)).toMatchObject({ kind: "checksum" });
});

test("a sent body that arrived as something else", async () => {
  const url = await web((_, response) => response.writeHead(200, marks("1", "other")).end("other"));
  const post: TrafficRequest = { ...page, method: "POST", path: "/echo", body: Buffer.from("sent") };
  expect(await onlyFailure(url, { request: post })).toMatchObject({
    kind: "checksum",
    detail: "the app received other bytes than were sent to it",
  });
});

test("a version that was not expected", async () => {
  const url = await web((_, response) => response.writeHead(200, marks("3", "hi")).end("hi"));
  expect(await onlyFailure(url, { versions: ["1", "2"] })).toEqual({
    kind: "version",
    detail: "version 3 answered, not 1 or 2",
  });
});

test("the change of version is seen, and what was under way is answered by the old one", async () => {
  let version = "1";
  const url = await web((_, response) => response.writeHead(200, marks(version, "hi")).end("hi"));
  const traffic = startTraffic({ url, perSecond: 500, mix: () => page });
  await traffic.answersOf("1", 20);
  version = "2";
  await traffic.answersOf("2", 20);
  const report = await traffic.stop();
  expect(report.failed).toBe(0);
  expect(report.changes).toMatchObject([{ from: "1", to: "2" }]);
});

test("requests go on being sent while none is answered", async () => {
  const waiting: ServerResponse[] = [];
  const url = await web((_, response) => {
    if (waiting.push(response) < 20) return;
    for (const each of waiting) each.writeHead(200, marks("1", "hi")).end("hi");
  });
  expect(await twenty(url)).toMatchObject({ sent: 20, answered: 20 });
});
