import { afterEach, beforeEach, expect, test } from "vitest";
import { TestProxy } from "../testing/harness.ts";

let proxy: TestProxy;

beforeEach(async () => {
  proxy = await TestProxy.start();
});

afterEach(() => proxy.close());

test("who floods on after it was refused is not read for ever, and has its answer before it is cut off", async () => {
  const client = proxy.connect();
  client.send(`GET / HTTP/1.1\r\nHost: app.example.com\r\nX-Flood: ${"x".repeat(64_000_000)}`);
  expect(await client.closed).toBe("reset");
  expect(client.received).toMatch(/^HTTP\/1\.1 431 /);
});

test("who had sent a little more when it was refused is not reset", async () => {
  const client = proxy.connect();
  client.send(`GET / HTTP/1.1\r\nHost: app.example.com\r\nX-Flood: ${"x".repeat(200_000)}`);
  expect(await client.closed).toBe("ended");
  expect(client.received).toMatch(/^HTTP\/1\.1 431 /);
});
