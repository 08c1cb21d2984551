import { afterEach, beforeEach, expect, test } from "vitest";
import { TestProxy } from "../testing/harness.ts";
import { healthy, isHealthCheck, Origin } from "../testing/origin.ts";

let proxy: TestProxy;
let origin: Origin;

beforeEach(async () => {
  proxy = await TestProxy.start();
});

afterEach(async () => {
  await proxy.close();
  origin.close();
});

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/** A target that answers the first request of each connection, and breaks off at the second. */
async function breakingAtTheSecond(): Promise<void> {
  origin = await new Origin((socket, received) => {
    if (isHealthCheck(received)) socket.end(healthy);
    else if (received.split("HTTP/1.1\r\n").length === 2) socket.write(ok);
    else socket.resetAndDestroy();
  }).listen();
  await proxy.deploy("r1", [origin.target]);
}

async function second(method: string): Promise<string> {
  const client = proxy.connect();
  client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
  await client.until("ok");
  client.send(`${method} /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody`);
  await client.closed;
  return client.received.slice(ok.length);
}

const seconds = () => origin.received.join("").match(/ \/2 /g)?.length;

test("a request that may be carried out twice is sent again, with its body, and the switch's receipt says so", async () => {
  await breakingAtTheSecond();
  expect(await second("PUT")).toMatch(/^HTTP\/1\.1 200/);
  expect(seconds()).toBe(2);
  expect(await proxy.tell("receipt", { service: "app", switch: "s1", wait: "now" })).toMatchObject({
    retried: 1,
    after: { requests: 2, targetFailures: 0 },
  });
});

test("a POST that may have arrived is not sent again", async () => {
  await breakingAtTheSecond();
  expect(await second("POST")).toMatch(/^HTTP\/1\.1 502/);
  expect(seconds()).toBe(1);
});

test("a request that breaks a fresh connection is not sent again", async () => {
  origin = await new Origin((socket, received) => {
    if (isHealthCheck(received)) socket.end(healthy);
    else socket.resetAndDestroy();
  }).listen();
  await proxy.deploy("r1", [origin.target]);
  expect(await proxy.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).toMatch(
    /^HTTP\/1\.1 502/,
  );
  expect(origin.received.filter((received) => !isHealthCheck(received))).toHaveLength(1);
});
