import { afterEach, beforeEach, expect, test } from "vitest";
import { TestProxy } from "../testing/harness.ts";
import { answering, healthy, isHealthCheck, Origin } from "../testing/origin.ts";

let proxy: TestProxy;
let origins: Origin[];

beforeEach(async () => {
  proxy = await TestProxy.start();
  origins = [];
});

afterEach(async () => {
  await proxy.close();
  for (const origin of origins) origin.close();
});

const ok = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const close = "Host: a\r\nConnection: close\r\n\r\n";

async function serving(...answers: string[]): Promise<Origin> {
  const origin = await answering(...answers);
  origins.push(origin);
  await proxy.deploy("r1", [origin.target]);
  return origin;
}

async function scripted(onData: (...args: Parameters<ConstructorParameters<typeof Origin>[0]>) => void) {
  const origin = await new Origin((socket, received, connection) => {
    if (isHealthCheck(received)) socket.end(healthy);
    else onData(socket, received, connection);
  }).listen();
  origins.push(origin);
  await proxy.deploy("r1", [origin.target]);
  return origin;
}

const requestsOf = (origin: Origin) => origin.received.filter((received) => !isHealthCheck(received));

test("a request reaches its target, and the answer its client", async () => {
  const origin = await serving("HTTP/1.1 201 Made\r\nX-One: 1\r\nContent-Length: 2\r\n\r\nhi");
  const answer = await proxy.exchange(`POST /a?b=c HTTP/1.1\r\nContent-Length: 4\r\n${close}body`);
  expect(answer).toBe("HTTP/1.1 201 Made\r\nX-One: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
  const [request = ""] = requestsOf(origin);
  expect(request).toMatch(/^POST \/a\?b=c HTTP\/1\.1\r\n/);
  expect(request).toMatch(/\r\n\r\nbody$/);
  expect(request).not.toMatch(/^Connection/im);
});

test("a connection is kept for the next request, on both sides", async () => {
  const origin = await serving(ok("one"), ok("two"));
  const client = proxy.connect();
  client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
  await client.until("one");
  client.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
  await client.until("two");
  expect(requestsOf(origin)).toHaveLength(1);
  client.socket.destroy();
});

test("pipelined requests are answered in their order", async () => {
  await serving(ok("one"), ok("two"), ok("three"));
  const answers = await proxy.exchange(
    `GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxyGET /3 HTTP/1.1\r\n${close}`,
  );
  expect(answers.match(/one|two|three/g)).toEqual(["one", "two", "three"]);
});

test("thousands of pipelined requests that have no target are answered without a deep stack", async () => {
  const client = proxy.connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\n\r\n".repeat(5_000));
  client.send(`GET / HTTP/1.1\r\n${close}`);
  await client.closed;
  expect(client.received.match(/HTTP\/1\.1 404/g)).toHaveLength(5_001);
});

test("HTTP/1.0 is answered and closed, and kept alive where it asks for it", async () => {
  const origin = await serving(ok("one"));
  expect(await proxy.exchange("GET / HTTP/1.0\r\n\r\n")).toContain("Connection: close\r\n\r\none");
  const client = proxy.connect();
  client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  await client.until("Connection: keep-alive\r\n\r\none");
  client.socket.destroy();
  expect(requestsOf(origin)[0]).toMatch(/^GET \/ HTTP\/1\.1\r\nHost: /);
});

test("an answer in chunks comes to HTTP/1.0 without them, and ends with its connection", async () => {
  await serving("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\non\r\n1;x=y\r\ne\r\n0\r\n\r\n");
  const answer = await proxy.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  expect(answer).toBe("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\none");
});

test("the answer to HEAD has a length and no body, and the connection goes on", async () => {
  await serving("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", ok("after"));
  const answers = await proxy.exchange(`HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n${close}`);
  expect(answers).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP\/1\.1 200 OK/);
});

test("chunks and trailers pass both ways", async () => {
  const body = "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n";
  const origin = await scripted((socket, received) => {
    if (received.endsWith("0\r\nX-Sum: 1\r\n\r\n"))
      socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n${body}`);
  });
  const answer = await proxy.exchange(
    `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n${close}${body}`,
  );
  expect(answer).toMatch(/Transfer-Encoding: chunked\r\n[\s\S]*\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n$/);
  expect(requestsOf(origin)[0]).toMatch(
    /Transfer-Encoding: chunked\r\n[\s\S]*5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n$/,
  );
});

test("a body that ends with the connection ends the client's too", async () => {
  await scripted((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\nuntil the end"));
  expect(await proxy.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).toMatch(
    /Connection: close\r\n\r\nuntil the end$/,
  );
});

test("100 Continue and 103 Early Hints pass on", async () => {
  await scripted((socket, received) => {
    if (received.endsWith("\r\n\r\n"))
      socket.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
    if (received.endsWith("body")) socket.write(ok("done"));
  });
  const client = proxy.connect();
  client.send(`POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n${close}`);
  await client.until("103 Early Hints\r\nLink: x\r\n\r\n");
  client.send("body");
  await client.until("done");
  expect(client.received).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
});

test("OPTIONS * and an absolute target reach the target in the form it understands", async () => {
  const origin = await serving(ok("one"), ok("two"));
  await proxy.exchange(`OPTIONS * HTTP/1.1\r\n${close}`);
  await proxy.exchange(`GET http://a/x?y HTTP/1.1\r\n${close}`);
  expect(requestsOf(origin).join("")).toMatch(/OPTIONS \* HTTP\/1\.1\r\n[\s\S]*GET \/x\?y HTTP\/1\.1\r\n/);
});

test("a matched prefix is stripped, unless it is to stay", async () => {
  const origin = await answering(ok("x"));
  origins.push(origin);
  await proxy.deploy("r1", [origin.target], { pathPrefixes: ["/api"] });
  await proxy.exchange(`GET /api/users HTTP/1.1\r\n${close}`);
  await proxy.deploy("r2", [origin.target], { pathPrefixes: ["/api"], stripPathPrefix: false });
  await proxy.exchange(`GET /api/users HTTP/1.1\r\n${close}`);
  expect(
    requestsOf(origin)
      .join("")
      .match(/GET \S+/g),
  ).toEqual(["GET /users", "GET /api/users"]);
});

test("a websocket is handed over, and bytes pass both ways", async () => {
  await scripted((socket, received) => {
    if (received.endsWith("\r\n\r\n"))
      socket.write(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello",
      );
    if (received.endsWith("ping")) socket.end("pong");
  });
  const client = proxy.connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  await client.until("\r\n\r\nhello");
  client.send("ping");
  await client.until("pong");
  expect(await client.closed).toBe("ended");
});

test.each([
  ["announced", `Content-Length: 11\r\n${close}`],
  ["sent in chunks", `Transfer-Encoding: chunked\r\n${close}6\r\n123456\r\n0\r\n\r\n`],
])("a body that is larger than allowed is answered 413 when it is %s", async (_, request) => {
  const origin = await answering(ok("x"));
  origins.push(origin);
  await proxy.deploy("r1", [origin.target], { maxRequestBytes: 10 });
  expect(await proxy.exchange(`POST / HTTP/1.1\r\n${request}`)).toMatch(/^HTTP\/1\.1 413/);
  expect(await proxy.exchange(`POST / HTTP/1.1\r\nContent-Length: 10\r\n${close}1234567890`)).toMatch(
    /^HTTP\/1\.1 200/,
  );
});

test("a client that ends in the middle of its body is let go of, and so is the target", async () => {
  const origin = await scripted(() => {});
  const client = proxy.connect();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
  await expect.poll(() => origin.received.at(-1)).toMatch(/half$/);
  client.socket.end();
  await client.closed;
  await expect.poll(() => origin.open).toBe(0);
});

test("an upgrade to anything but a websocket is not passed on", async () => {
  const origin = await serving(ok("plain"));
  await proxy.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n");
  expect(requestsOf(origin)[0]).not.toMatch(/upgrade/i);
});

test("nothing listening is answered with 502", async () => {
  const origin = await serving(ok("one"));
  origin.close();
  expect(await proxy.exchange(`GET / HTTP/1.1\r\n${close}`)).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
});

test("an answer that is no HTTP is answered with 502", async () => {
  await scripted((socket) => socket.write("HELLO\r\n\r\n"));
  expect(await proxy.exchange(`GET / HTTP/1.1\r\n${close}`)).toMatch(/^HTTP\/1\.1 502/);
});

test("a target that takes too long is answered for with 504", async () => {
  const origin = await scripted(() => {});
  await proxy.deploy("r2", [origin.target], { responseTimeoutMs: 50 });
  expect(await proxy.exchange(`GET / HTTP/1.1\r\n${close}`)).toMatch(/^HTTP\/1\.1 504/);
});

test("an answer that breaks off is cut for the client too, never ended as if it were whole", async () => {
  await scripted((socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
    setImmediate(() => socket.destroy());
  });
  const client = proxy.connect();
  client.send(`GET / HTTP/1.1\r\n${close}`);
  expect(await client.closed).toBe("reset");
});

test("a client that goes away takes its request with it", async () => {
  const origin = await scripted(() => {});
  const client = proxy.connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await expect.poll(() => requestsOf(origin).length).toBe(1);
  client.socket.resetAndDestroy();
  await expect.poll(() => origin.open).toBe(0);
});

test("a client that has sent all it will still gets its answer", async () => {
  await serving(ok("late"));
  const client = proxy.connect();
  client.socket.end("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await client.closed;
  expect(client.received).toMatch(/late$/);
});

test("a refused request is told why, and its connection closed", async () => {
  await serving(ok("one"));
  const answer = await proxy.exchange(
    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*Connection: close/);
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
});

test("JSON is answered with JSON", async () => {
  const answer = await proxy.exchange(`GET / HTTP/1.1\r\nAccept: application/json\r\n${close}`);
  expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "")).toMatchObject({ status: 404, error: "Not Found" });
});
