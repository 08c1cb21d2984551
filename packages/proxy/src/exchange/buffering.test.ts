import { createHash } from "node:crypto";
import { readdirSync, readlinkSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TestProxy } from "../testing/harness.ts";
import { answering, healthy, isHealthCheck, Origin } from "../testing/origin.ts";

let proxy: TestProxy;
const origins: Origin[] = [];

beforeEach(async () => {
  proxy = await TestProxy.start();
});

afterEach(async () => {
  await proxy.close();
  for (const origin of origins.splice(0)) origin.close();
});

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const all = { requests: true, responses: true, memoryBytes: 4 };

/** A target that answers once a text has arrived, with buffering on. */
async function answeringAfter(end: string, answer: string): Promise<Origin> {
  const origin = await new Origin((socket, received) => {
    if (isHealthCheck(received)) socket.end(healthy);
    else if (received.endsWith(end)) socket.write(answer);
  }).listen();
  origins.push(origin);
  await proxy.deploy("r1", [origin.target], { buffering: all });
  return origin;
}

/** Files of buffered bodies that this process has open; they have no names any more. */
function openBuffers(): string[] {
  const folder = join(proxy.settings.stateDirectory, "buffered");
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      // It was closed meanwhile.
      return [];
    }
  });
}

test.each([
  ["of an announced length", "Content-Length: 12\r\n\r\n", "first-", "second"],
  ["in chunks", "Transfer-Encoding: chunked\r\n\r\n", "6\r\nfirst-\r\n", "6\r\nsecond\r\n0\r\n\r\n"],
])("a request's body %s is whole before its target hears of it", async (_, framing, first, second) => {
  const origin = await answeringAfter(second, ok);
  const checked = origin.connections;
  const client = proxy.connect();
  client.send(`POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${framing}${first}`);
  await expect.poll(openBuffers).toHaveLength(1);
  expect(origin.connections).toBe(checked);
  client.send(second);
  await client.closed;
  expect(client.received).toMatch(/^HTTP\/1\.1 200/);
  expect(origin.received.at(-1)?.endsWith(`\r\n\r\n${first}${second}`)).toBe(true);
  await expect.poll(openBuffers).toEqual([]);
});

test("a client that waits for 100 Continue is told to go on, once, and its target is not asked", async () => {
  const origin = await answeringAfter("body", ok);
  const client = proxy.connect();
  client.send(
    "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n",
  );
  await client.until("HTTP/1.1 100 Continue\r\n\r\n");
  client.send("body");
  await client.closed;
  expect(client.received.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 100", "HTTP/1.1 200"]);
  expect(origin.received.at(-1)).not.toMatch(/expect/i);
});

test("a client that leaves in the middle of its body leaves nothing behind, and no target hears of it", async () => {
  const origin = await answeringAfter("never", ok);
  const checked = origin.connections;
  const client = proxy.connect();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nfirst-part");
  await expect.poll(openBuffers).toHaveLength(1);
  client.socket.destroy();
  await expect.poll(openBuffers).toEqual([]);
  expect(origin.connections).toBe(checked);
});

test("a request that is larger than allowed is answered 413 while it is gathered", async () => {
  const origin = await answering(ok);
  origins.push(origin);
  const checked = origin.connections + 1;
  await proxy.deploy("r1", [origin.target], { buffering: all, maxRequestBytes: 20 });
  const client = proxy.connect();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n");
  client.send("c\r\n123456789012\r\n");
  await client.closed;
  expect(client.received).toMatch(/^HTTP\/1\.1 413/);
  expect(origin.connections).toBe(checked + 1);
  await expect.poll(openBuffers).toEqual([]);
});

/** A target whose answer is far longer than all the buffers of sockets; when it has been sent, and its digest. */
async function sendingMuch(): Promise<{ sent: Promise<void>; length: number; digest: string }> {
  const part = Buffer.alloc(1_048_576, "a part of a long answer ");
  const parts = 24;
  const sent = Promise.withResolvers<void>();
  const send = async (socket: Socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${parts * part.length}\r\n\r\n`);
    for (let index = 0; index < parts; index += 1) {
      if (!socket.write(part)) await new Promise((resolve) => socket.once("drain", resolve));
    }
    sent.resolve();
  };
  const origin = await new Origin((socket, received) => {
    if (isHealthCheck(received)) socket.end(healthy);
    else void send(socket);
  }).listen();
  origins.push(origin);
  await proxy.deploy("r1", [origin.target], { buffering: { responses: true, memoryBytes: 100_000 } });
  const digest = createHash("sha256");
  for (let index = 0; index < parts; index += 1) digest.update(part);
  return { sent: sent.promise, length: parts * part.length, digest: digest.digest("hex") };
}

test("a client that does not read lets its target go, which drains, and gets its answer whole from disk", async () => {
  const { sent, length, digest } = await sendingMuch();
  const client = connect(proxy.running.httpPort, "127.0.0.1");
  client.pause();
  client.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  await sent;
  await expect.poll(openBuffers).toHaveLength(1);
  expect(readdirSync(join(proxy.settings.stateDirectory, "buffered"))).toEqual([]);
  const next = await answering(ok);
  origins.push(next);
  const made = await proxy.deploy("r2", [next.target]);
  const receipt = await proxy.tell("receipt", { service: "app", switch: made.switch, wait: "drained" });
  expect(receipt).toMatchObject({ state: "drained", cut: 0 });
  const received = createHash("sha256");
  let count = 0;
  let head = "";
  for await (const chunk of client as AsyncIterable<Buffer>) {
    const start = head.includes("\r\n\r\n") ? 0 : chunk.indexOf("\r\n\r\n") + 4;
    head += chunk.toString("latin1", 0, start);
    received.update(chunk.subarray(start));
    count += chunk.length - start;
  }
  expect(count).toBe(length);
  expect(received.digest("hex")).toBe(digest);
  await expect.poll(openBuffers).toEqual([]);
}, 30_000);

test("a client that leaves with its answer half read leaves nothing behind", async () => {
  const { sent } = await sendingMuch();
  const client = connect(proxy.running.httpPort, "127.0.0.1");
  client.pause();
  client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await sent;
  await expect.poll(openBuffers).toHaveLength(1);
  client.destroy();
  await expect.poll(openBuffers).toEqual([]);
}, 30_000);

test("a client that reads gets each piece as it comes", async () => {
  const pieces = Promise.withResolvers<Socket>();
  const origin = await new Origin((socket, received) => {
    if (isHealthCheck(received)) return void socket.end(healthy);
    socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
    pieces.resolve(socket);
  }).listen();
  origins.push(origin);
  await proxy.deploy("r1", [origin.target], { buffering: all });
  const client = proxy.connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  await client.until("first");
  (await pieces.promise).write("6\r\nsecond\r\n0\r\n\r\n");
  await client.closed;
  expect(client.received.endsWith("5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n")).toBe(true);
});

test.each([
  [
    "is answered 500 when it is announced",
    "Content-Length: 11\r\n\r\n12345678901",
    /^HTTP\/1\.1 500/,
    "ended",
  ],
  [
    "is broken off when it is not",
    "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\nb\r\n12345678901\r\n0\r\n\r\n",
    /^(?!.*\r\n0\r\n\r\n$)/s,
    "reset",
  ],
  [
    "has no limit as an event stream",
    "Content-Type: text/event-stream\r\n\r\ndata: 12345678901\n\n",
    /01\n\n$/,
    "ended",
  ],
])("an answer that is larger than allowed %s", async (_, answer, seen, ending) => {
  const origin = await new Origin((socket, received) => {
    if (isHealthCheck(received)) socket.end(healthy);
    else socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n${answer}`);
  }).listen();
  origins.push(origin);
  await proxy.deploy("r1", [origin.target], { maxResponseBytes: 10 });
  const client = proxy.connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  expect(await client.closed).toBe(ending);
  expect(client.received).toMatch(seen);
});
