import { afterEach, beforeEach, expect, test } from "vitest";
import { type Clock, systemClock } from "../clock.ts";
import { TestProxy } from "../testing/harness.ts";

/** Ten times as fast as the real one: what floods is read for two seconds before it is cut off. */
const hurried: Clock = {
  now: () => systemClock.now(),
  elapsed: () => systemClock.elapsed() * 10,
  after: (delayMs, run) => systemClock.after(delayMs / 10, run),
};

let proxy: TestProxy;

beforeEach(async () => {
  proxy = await TestProxy.start({}, undefined, { clock: hurried });
});

afterEach(() => proxy.close());

test("who floods on after it was refused is not read for ever, and has its answer before it is cut off", async () => {
  const client = proxy.connect();
  client.send(`GET / HTTP/1.1\r\nHost: app.example.com\r\nX-Flood: ${"x".repeat(16_000_000)}`);
  expect(await client.closed).toBe("reset");
  expect(client.received).toMatch(/^HTTP\/1\.1 431 /);
});

test("who had sent a little more when it was refused is not reset", async () => {
  const client = proxy.connect();
  client.send(`GET / HTTP/1.1\r\nHost: app.example.com\r\nX-Flood: ${"x".repeat(200_000)}`);
  expect(await client.closed).toBe("ended");
  expect(client.received).toMatch(/^HTTP\/1\.1 431 /);
});
