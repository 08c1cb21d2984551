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

async function serving(onRequest: (...args: Parameters<ConstructorParameters<typeof Origin>[0]>) => void) {
  const origin = await new Origin((socket, received, connection) => {
    if (isHealthCheck(received)) socket.end(healthy);
    else onRequest(socket, received, connection);
  }).listen();
  origins.push(origin);
  await proxy.deploy("r1", [origin.target]);
  return origin;
}

/** Switches away from what serves, and gives it no time at all. */
async function switchAtOnce() {
  const next = await answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  origins.push(next);
  await proxy.tell("prepare", {
    service: "app",
    candidate: "r2",
    targets: [next.target],
    options: { hosts: [] },
    health: {},
    deadlineMs: 2_000,
    expiresMs: 60_000,
  });
  const made = await proxy.tell("commit", { service: "app", candidate: "r2", drainTimeoutMs: 1 });
  return proxy.tell("receipt", { service: "app", switch: made.switch, wait: "drained" });
}

const upgrade = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
const upgraded = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
const close1012 = "\x88\x02\x03\xf4";
const maskedClose1012 = "\x88\x82\0\0\0\0\x03\xf4";

test("at the limit a websocket gets a close frame on both sides, and its connection ends", async () => {
  const origin = await serving((socket, received) => {
    if (received.endsWith("\r\n\r\n")) socket.write(upgraded);
  });
  const client = proxy.connect();
  client.send(upgrade);
  await client.until("\r\n\r\n");
  const receipt = await switchAtOnce();
  expect(await client.closed).toBe("ended");
  expect(client.received.endsWith(close1012)).toBe(true);
  await expect.poll(() => origin.received.at(-1)?.endsWith(maskedClose1012)).toBe(true);
  expect(receipt).toMatchObject({ state: "cut", inFlight: 0, websockets: { open: 1, cut: 1 } });
});

test("a frame under way is finished before the close frame", async () => {
  let target: Parameters<ConstructorParameters<typeof Origin>[0]>[0] | null = null;
  await serving((socket, received) => {
    target = socket;
    if (received.endsWith("\r\n\r\n")) socket.write(`${upgraded}\x82\x04ab`, "latin1");
  });
  const client = proxy.connect();
  client.send(upgrade);
  await client.until("ab");
  const receipt = switchAtOnce();
  await expect.poll(async () => (await proxy.tell("list", {})).services[0]?.previous?.state).toBe("draining");
  (target as unknown as NodeJS.WritableStream).write("cd\x82\x01z");
  await receipt;
  await client.closed;
  expect(client.received.endsWith(`\x82\x04abcd${close1012}`)).toBe(true);
});

test("an event stream ends between two events, as if it were whole", async () => {
  await serving((socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    socket.write("9\r\ndata: 1\n\n\r\n");
  });
  const client = proxy.connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await client.until("data: 1");
  await switchAtOnce();
  expect(await client.closed).toBe("ended");
  expect(client.received).toMatch(/data: 1\n\n\r\n0\r\n\r\n$/);
});

test("an event under way is let end first", async () => {
  let target: Parameters<ConstructorParameters<typeof Origin>[0]>[0] | null = null;
  await serving((socket) => {
    target = socket;
    socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: on");
  });
  const client = proxy.connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await client.until("data: on");
  const receipt = switchAtOnce();
  await expect.poll(async () => (await proxy.tell("list", {})).services[0]?.previous?.state).toBe("draining");
  (target as unknown as NodeJS.WritableStream).write("e\n\n");
  await receipt;
  expect(await client.closed).toBe("ended");
  expect(client.received).toMatch(/data: one\n\n$/);
});

test("a download that is cut is broken off, never ended as if it were whole", async () => {
  await serving((socket) =>
    socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n"),
  );
  const client = proxy.connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await client.until("part");
  expect(await switchAtOnce()).toMatchObject({ state: "cut", cut: 1 });
  expect(await client.closed).toBe("reset");
});
