import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../clock.ts";
import { TestProxy } from "../testing/harness.ts";
import { answering, type Origin } from "../testing/origin.ts";
import { RequestLog } from "./requests.ts";

let proxy: TestProxy;
let origin: Origin;
let output: PassThrough;
let log: RequestLog;

async function begin(share: number): Promise<void> {
  output = new PassThrough();
  log = new RequestLog(output, share, { clock: systemClock, random: Math.random });
  proxy = await TestProxy.start({}, undefined, { requests: log });
}

beforeEach(async () => {
  origin = await answering(
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Cache: hit\r\nSet-Cookie: s=1\r\n\r\nok",
  );
});

afterEach(async () => {
  await proxy.close();
  origin.close();
});

function lines(): unknown[] {
  log.flush();
  const text: unknown = output.read();
  return text === null
    ? []
    : String(text)
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
}

const get = (host: string) =>
  proxy.exchange(
    `GET /a?secret=1 HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nUser-Agent: me\r\nAuthorization: Basic eA==\r\n\r\n`,
  );

test("a service that wants its requests logged has them logged, with the fields it names and no password", async () => {
  await begin(0);
  await proxy.deploy("r1", [origin.target], {
    requestLog: {
      requestHeaders: ["User-Agent", "authorization", "X-None"],
      responseHeaders: ["x-cache", "Set-Cookie"],
    },
  });
  await get("a");
  expect(lines()).toMatchObject([
    {
      event: "request",
      service: "app",
      path: "/a",
      status: 200,
      outcome: "answered",
      requestHeaders: { "user-agent": "me", authorization: "(hidden)" },
      responseHeaders: { "x-cache": "hit", "set-cookie": "(hidden)" },
    },
  ]);
});

test("another service's requests are logged by the proxy's own share", async () => {
  await begin(0);
  await proxy.deploy("r1", [origin.target]);
  await get("a");
  expect(lines()).toEqual([]);
});

test("what the proxy answers by itself is logged too", async () => {
  await begin(1);
  await proxy.deploy("r1", [origin.target], { hosts: ["app.example.com"] });
  await get("other.example.com");
  await proxy.tell("stop", { service: "app" });
  await get("app.example.com");
  await proxy.exchange("GET / HTTP/1.1\r\n\r\n");
  expect(lines()).toMatchObject([
    { service: null, host: "other.example.com", path: "/a", status: 404, outcome: "own-answer" },
    { service: "app", release: null, path: "/a", status: 503, outcome: "own-answer" },
    { service: null, method: null, status: 400, outcome: "own-answer" },
  ]);
});
