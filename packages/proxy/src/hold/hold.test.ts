import { afterEach, beforeEach, expect, test } from "vitest";
import { type RawClient, TestProxy } from "../testing/harness.ts";
import { answering, type Origin } from "../testing/origin.ts";

let proxy: TestProxy;
let origin: Origin;

beforeEach(async () => {
  proxy = await TestProxy.start();
  origin = await answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  await proxy.deploy("r1", [origin.target]);
});

afterEach(async () => {
  await proxy.close();
  origin.close();
});

const service = "app";
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
const held = async () => (await proxy.tell("list", {})).services[0]?.held;
const asked = () =>
  origin.received
    .join("")
    .match(/ \/\d /g)
    ?.map((path) => path.trim());

async function holding(count: number): Promise<RawClient[]> {
  const clients: RawClient[] = [];
  for (let index = 1; index <= count; index += 1) {
    const client = proxy.connect();
    client.send(get(`/${index}`));
    clients.push(client);
    await expect.poll(held).toBe(index);
  }
  return clients;
}

test("a paused service holds requests, and lets them go on in their order", async () => {
  await proxy.tell("pause", { service });
  const clients = await holding(3);
  expect(asked()).toBeUndefined();
  expect(await proxy.tell("resume", { service })).toEqual({ released: 3 });
  await Promise.all(clients.map((client) => client.closed));
  expect(clients.map((client) => client.received.slice(9, 12))).toEqual(["200", "200", "200"]);
  expect(asked()).toEqual(["/1", "/2", "/3"]);
});

test("what was held goes to what serves by then, and the receipt tells how many waited", async () => {
  await proxy.tell("pause", { service });
  const [client] = await holding(1);
  const other = await answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew");
  const made = await proxy.deploy("r2", [other.target]);
  await proxy.tell("resume", { service });
  await client?.closed;
  other.close();
  expect(client?.received).toMatch(/new$/);
  expect(await proxy.tell("receipt", { service, switch: made.switch, wait: "now" })).toMatchObject({
    held: 1,
  });
});

test("a request that is held for too long is answered 503, to be tried again later", async () => {
  await proxy.tell("pause", { service, timeoutMs: 1 });
  expect(await proxy.exchange(get("/1"))).toMatch(/^HTTP\/1\.1 503 [\s\S]*Retry-After: /);
});

test("one more than may be held is answered 503", async () => {
  await proxy.tell("pause", { service, maxRequests: 1 });
  const [client] = await holding(1);
  expect(await proxy.exchange(get("/2"))).toMatch(/^HTTP\/1\.1 503/);
  await proxy.tell("resume", { service });
  await client?.closed;
});

test("a client that goes away is held no more", async () => {
  await proxy.tell("pause", { service });
  const [client] = await holding(1);
  client?.socket.resetAndDestroy();
  await expect.poll(held).toBe(0);
});

test("the body of a held request arrives whole", async () => {
  await proxy.tell("pause", { service });
  const client = proxy.connect();
  client.send("POST /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 8\r\n\r\nfour");
  await expect.poll(held).toBe(1);
  client.send("more");
  await proxy.tell("resume", { service });
  await client.closed;
  expect(origin.received.join("")).toMatch(/\r\n\r\nfourmore$/);
});

test("maintenance answers 503 with its message, escaped, also after a restart", async () => {
  await proxy.tell("stop", { service, message: "Back at <noon>" });
  await proxy.restart();
  expect(await proxy.exchange(get("/1"))).toMatch(/^HTTP\/1\.1 503 [\s\S]*Back at &#60;noon&#62;/);
  await proxy.tell("start", { service });
  expect(await proxy.exchange(get("/1"))).toMatch(/^HTTP\/1\.1 200/);
});

test("maintenance answers what was held", async () => {
  await proxy.tell("pause", { service });
  const [client] = await holding(1);
  await proxy.tell("stop", { service });
  await client?.closed;
  expect(client?.received).toMatch(/^HTTP\/1\.1 503/);
});

test("the end of maintenance is refused where there is a pause, and says so", async () => {
  await proxy.tell("pause", { service });
  await expect(proxy.tell("start", { service })).rejects.toMatchObject({ code: "wrong-state" });
});

test("an app's own page is shown, with the message in its place", async () => {
  await proxy.deploy("r2", [origin.target], { errorPages: { "503": "<b>{{ .Message }}</b>" } });
  await proxy.tell("stop", { service, message: "soon" });
  expect(await proxy.exchange(get("/1"))).toMatch(/<b>soon<\/b>$/);
});
