import { createServer } from "node:http";
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
} from "node:http2";
import { duplexPair } from "node:stream";
import { text } from "node:stream/consumers";
import type { TLSSocket } from "node:tls";
import { afterEach, expect, test } from "vitest";
import { serveHttp2 } from "./session.ts";
import type { StreamSocket } from "./stream-socket.ts";

let session: ClientHttp2Session;
afterEach(() => session.destroy());

/** Opens a session without TLS, whose streams are served by `attach`. */
function open(attach: (socket: StreamSocket) => void): void {
  const [client, server] = duplexPair();
  serveHttp2(server as unknown as TLSSocket, attach);
  session = connect("https://a.example", { createConnection: () => client });
}

/** Serves one request by hand: gives what arrives up to an empty line, then writes `answer`. */
function answering(answer: string): Promise<string> {
  return new Promise((resolve) => {
    open((socket) => {
      let read = "";
      socket.on("data", (bytes: Buffer) => {
        read += bytes.toString("latin1");
        if (!read.includes("\r\n\r\n")) return;
        resolve(read);
        socket.write(answer, "latin1");
      });
    });
  });
}

function heard(stream: ClientHttp2Stream): Promise<IncomingHttpHeaders> {
  return new Promise((resolve) => stream.once("response", resolve));
}

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

test("a request without content becomes a head of HTTP/1.1", async () => {
  const request = answering(ok);
  const stream = session.request({
    ":authority": "a.example",
    ":path": "/a?b",
    "x-one": "1",
    cookie: ["a=1", "b=2"],
  });
  expect(await request).toBe("GET /a?b HTTP/1.1\r\nHost: a.example\r\nx-one: 1\r\ncookie: a=1; b=2\r\n\r\n");
  expect(await heard(stream)).toMatchObject({ ":status": 200, "content-length": "0" });
});

test.each([
  ["two hosts", { ":path": "/", ":authority": "a.example", host: "b.example" }],
  ["a line end in the path", { ":path": "/ HTTP/1.1\r\nX: y" }],
  ["a space in the path", { ":path": "/a b" }],
  ["the method CONNECT", { ":method": "CONNECT", ":authority": "b.example:443" }],
])("a request with %s never reaches what serves it", async (_, headers) => {
  let reached = false;
  open(() => {
    reached = true;
  });
  const stream = session.request(headers);
  const outcome = await new Promise<unknown>((resolve) => {
    stream.once("response", (answer) => resolve(answer[":status"]));
    stream.once("error", () => resolve("refused"));
    stream.once("close", () => resolve("refused"));
  }).catch(() => "refused");
  expect([400, "refused"]).toContain(outcome);
  expect(reached).toBe(false);
});

test("content of unknown length goes on in chunks, its trailers behind it", async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const server = createServer(async (asked, answer) => {
    resolve(`${await text(asked)} ${asked.headers["transfer-encoding"]} ${asked.trailers["x-sum"]}`);
    answer.end();
  });
  open((socket) => server.emit("connection", socket));
  const stream = session.request({ ":method": "POST", ":path": "/" }, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "x-sum": "3" }));
  stream.end("abc");
  expect(await promise).toBe("abc chunked 3");
});

test("chunks come back as content, their trailers behind it", async () => {
  void answering(
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n",
  );
  const stream = session.request({ ":path": "/" });
  const trailers = new Promise((resolve) => stream.once("trailers", resolve));
  expect(await text(stream)).toBe("abcde");
  expect(await trailers).toMatchObject({ "x-sum": "5" });
});

test("interim answers go before the answer", async () => {
  void answering(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${ok}`);
  const stream = session.request({ ":path": "/" });
  const statuses: unknown[] = [];
  for (const event of ["headers", "response"]) {
    stream.on(event, (headers: IncomingHttpHeaders) => statuses.push(headers[":status"], headers["link"]));
  }
  await text(stream);
  expect(statuses).toEqual([103, "</a>", 200, undefined]);
});

test("fields that come twice and fields of one hop", async () => {
  void answering(
    "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 0\r\n\r\n",
  );
  const headers = await heard(session.request({ ":path": "/" }));
  expect(headers["set-cookie"]).toEqual(["a=1", "b=2"]);
  expect(headers).not.toHaveProperty("connection");
  expect(headers).not.toHaveProperty("keep-alive");
});

test("an answer to HEAD ends with its head", async () => {
  void answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
  const stream = session.request({ ":method": "HEAD", ":path": "/" });
  expect(await heard(stream)).toMatchObject({ "content-length": "9" });
  expect(await text(stream)).toBe("");
});

/** How a stream ended: 0 is in order. */
function ended(stream: ClientHttp2Stream): Promise<number | undefined> {
  stream.on("error", () => undefined);
  stream.resume();
  return new Promise((resolve) => stream.once("close", () => resolve(stream.rstCode)));
}

test("an answer that breaks off is reset, not ended", async () => {
  open((socket) => {
    socket.resume();
    socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "latin1");
  });
  expect(await ended(session.request({ ":path": "/" }))).toBe(constants.NGHTTP2_INTERNAL_ERROR);
});

test("an answer that is cut is reset", async () => {
  open((socket) => {
    socket.resume();
    socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "latin1", () =>
      socket.resetAndDestroy(),
    );
  });
  expect(await ended(session.request({ ":path": "/" }))).toBe(constants.NGHTTP2_INTERNAL_ERROR);
});

test("a body until the connection closes ends with it", async () => {
  open((socket) => {
    socket.resume();
    socket.end("HTTP/1.1 200 OK\r\n\r\nabc", "latin1");
  });
  expect(await text(session.request({ ":path": "/" }))).toBe("abc");
});

test("a client that leaves closes the virtual connection", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  open((socket) => {
    socket.once("data", () => arrive());
    socket.once("close", resolve);
  });
  const stream = session.request({ ":path": "/" });
  stream.on("error", () => undefined);
  await arrived;
  stream.close(constants.NGHTTP2_CANCEL);
  await expect(promise).resolves.toBeUndefined();
});

test("the virtual connection closes after its one answer", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  open((socket) => {
    socket.resume();
    socket.once("close", resolve);
    socket.write(ok, "latin1");
  });
  session.request({ ":path": "/" }).resume();
  await expect(promise).resolves.toBeUndefined();
});

test("a client that reads slowly holds the writer back", async () => {
  const piece = Buffer.alloc(65_536);
  const count = 64;
  let written = 0;
  let held = false;
  open((socket) => {
    socket.resume();
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${piece.length * count}\r\n\r\n`, "latin1");
    const write = () => {
      while (written < count) {
        written++;
        if (!socket.write(piece)) {
          held ||= written < count;
          socket.once("drain", write);
          return;
        }
      }
    };
    write();
  });
  const stream = session.request({ ":path": "/" });
  await heard(stream);
  let received = 0;
  for await (const bytes of stream) received += (bytes as Buffer).length;
  expect(received).toBe(piece.length * count);
  expect(held).toBe(true);
});
