import { connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bufferPlace } from "../buffer/place.ts";
import type { Clock } from "../clock.ts";
import { emptyState } from "../state/saved.ts";
import { Registry } from "../switch/registry.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { Clients } from "./clients.ts";
import { HttpListener } from "./listener.ts";
import { Sweeper } from "./sweeper.ts";

let clock: FakeClock;
let listener: HttpListener;
let clients: Clients;
let sweeper: Sweeper;

beforeEach(async () => {
  clock = new FakeClock();
  sweeper = new Sweeper(clock as Clock);
  const registry = new Registry(emptyState, clock);
  const buffers = bufferPlace("never-made");
  clients = new Clients({ registry, sweeper, clock, requests: null, buffers, closing: false });
  listener = new HttpListener(clients);
  await listener.listen(0);
});

afterEach(() => {
  sweeper.stop();
  listener.server.close();
});

/** A client, connected and seen; what it received by the end of its connection. */
async function aClient(bytes: string): Promise<{ ended: Promise<string>; send: (more: string) => void }> {
  const { port } = listener.server.address() as { port: number };
  const socket = connect({ port, host: "127.0.0.1" });
  let received = "";
  socket.on("data", (chunk) => {
    received += chunk;
  });
  const ended = new Promise<string>((resolve) => socket.on("close", () => resolve(received)));
  const before = clients.count;
  socket.write(bytes);
  await expect.poll(() => clients.count).toBe(before + 1);
  // A round trip of another connection: what was sent before it has been read by then.
  await new Promise<void>((resolve) => {
    const other = connect({ port, host: "127.0.0.1" });
    other.end("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    other.on("close", () => resolve()).resume();
  });
  return { ended, send: (more) => socket.write(more) };
}

test("a head that does not become whole in 15 seconds is answered 408", async () => {
  const { ended } = await aClient("GET / HTTP/1.1\r\nHost:");
  await clock.pass(15_200);
  expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
});

test("bytes that trickle in do not buy a head more time", async () => {
  const { ended, send } = await aClient("GET / HTTP/1.1\r\nHost:");
  await clock.pass(10_000);
  send(" a\r\n");
  await clock.pass(5_300);
  expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
});

test("a connection that sends nothing is closed without an answer", async () => {
  const { ended } = await aClient("");
  await clock.pass(15_200);
  expect(await ended).toBe("");
});

test("between requests a connection is kept for more than a minute", async () => {
  const { ended, send } = await aClient("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await clock.pass(70_000);
  send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  expect((await ended).match(/HTTP\/1\.1 404/g)).toHaveLength(2);
});

test("idle connections end when the proxy leaves", async () => {
  const { ended } = await aClient("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  clients.leave();
  clients.endIdle();
  expect(await ended).toMatch(/^HTTP\/1\.1 404/);
});
