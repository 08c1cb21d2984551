import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeClock } from "../testing/fake-clock.ts";
import { TestProxy } from "../testing/harness.ts";
import { healthy, isHealthCheck, Origin } from "../testing/origin.ts";

let clock: FakeClock;
let proxy: TestProxy;
let origin: Origin;

beforeEach(async () => {
  clock = new FakeClock();
  proxy = await TestProxy.start({}, undefined, { clock });
});

afterEach(async () => {
  await proxy.close();
  origin.close();
});

/** A target that does with each request what a test says, in front of which everything is buffered. */
async function serving(onRequest: (socket: Socket) => void): Promise<void> {
  origin = await new Origin((socket, received) => {
    if (isHealthCheck(received)) socket.end(healthy);
    else onRequest(socket);
  }).listen();
  await proxy.deploy("r1", [origin.target], { buffering: { requests: true, responses: true } });
}

test("a client that stops in the middle of a gathered body is answered 408 after a minute", async () => {
  await serving(() => {});
  const checked = origin.connections;
  const client = proxy.connect();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n");
  await client.until("100 Continue");
  await clock.pass(59_000);
  expect(client.received).not.toContain("408");
  await clock.pass(2_000);
  await client.closed;
  expect(client.received).toMatch(/HTTP\/1\.1 408/);
  expect(origin.connections).toBe(checked);
});

test("a client that takes nothing of a buffered answer for a minute is cut off", async () => {
  const length = 32 * 1_048_576;
  const sent = Promise.withResolvers<void>();
  await serving((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`);
    socket.write(Buffer.alloc(length), () => sent.resolve());
  });
  const client = connect(proxy.running.httpPort, "127.0.0.1");
  const closed = new Promise<string>((resolve) => {
    client.on("error", ({ message }) => resolve(message));
    client.on("end", () => resolve("a regular end"));
  });
  client.pause();
  client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await sent.promise;
  // The target has nothing in flight any more once the proxy has all of it.
  await expect
    .poll(async () => (await proxy.tell("list", {})).services[0]?.active?.inFlight, { timeout: 10_000 })
    .toBe(0);
  await clock.pass(61_000);
  client.resume();
  expect(await closed).toContain("ECONNRESET");
}, 30_000);
