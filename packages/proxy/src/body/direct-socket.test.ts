import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { DirectSocket } from "./direct-socket.ts";
import { writeCopy, writeHeadAndBody } from "./write.ts";

const opened: { destroy(): unknown }[] = [];

afterEach(() => {
  for (const each of opened.splice(0)) each.destroy();
});

/** A socket of ours, and the other end of it, which reads nothing yet. */
async function aPair(): Promise<{ socket: DirectSocket; peer: Socket }> {
  const server = createServer({ pauseOnConnect: true });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = new DirectSocket();
  socket.connect({ port: (server.address() as AddressInfo).port, host: "127.0.0.1" });
  const [[peer]] = await Promise.all([once(server, "connection"), once(socket, "connect")]);
  server.close();
  opened.push(socket, peer);
  return { socket, peer };
}

async function received(peer: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of peer) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Writes pieces of 64 KB, each of one digit, until the system takes no more. */
function fill(socket: DirectSocket): number {
  for (let pieces = 1; ; pieces += 1) {
    if (!writeCopy(socket, Buffer.alloc(65_536, String(pieces % 10)))) return pieces;
  }
}

test("what is put arrives, text and bytes, in the order in which it was put", async () => {
  const { socket, peer } = await aPair();
  expect(socket.isDirect).toBe(true);
  expect(socket.putText("one ")).toBe(true);
  expect(writeHeadAndBody(socket, "two ", Buffer.from("three "))).toBe(true);
  socket.write("four ");
  expect(writeCopy(socket, Buffer.from("five"))).toBe(true);
  socket.end();
  expect((await received(peer)).toString()).toBe("one two three four five");
});

test("text is put as one byte for each character", async () => {
  const { socket, peer } = await aPair();
  socket.putText("\u00e9");
  socket.end();
  expect([...(await received(peer))]).toEqual([0xe9]);
});

test("what the system takes later is kept as it was, and what is written after it comes after it", async () => {
  const { socket, peer } = await aPair();
  const pieces = fill(socket);
  expect(socket.isDirect).toBe(false);
  expect(socket.writableNeedDrain).toBe(true);
  // The buffer that is used again must not be the one that waits.
  writeCopy(socket, Buffer.alloc(65_536, "x"));
  socket.end("end");
  const text = (await received(peer)).toString();
  const digits = Array.from({ length: pieces }, (_, index) => String((index + 1) % 10).repeat(65_536));
  expect(text === `${digits.join("")}${"x".repeat(65_536)}end`).toBe(true);
});

test("a socket that was full says that it is drained, and is direct again", async () => {
  const { socket, peer } = await aPair();
  fill(socket);
  peer.resume();
  await once(socket, "drain");
  expect(socket.writableNeedDrain).toBe(false);
  expect(socket.isDirect).toBe(true);
});

test("a write that breaks in its middle does not pass for one that was refused whole", async () => {
  const { socket, peer } = await aPair();
  fill(socket);
  const failed = once(socket, "error");
  peer.resetAndDestroy();
  const [error] = (await failed) as [NodeJS.ErrnoException];
  expect(error.code).not.toBe("EPIPE");
});

test("nothing is put before the connection is made, or after the last byte: it goes the usual way", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = new DirectSocket();
  opened.push(socket, { destroy: () => server.close() });
  socket.connect({ port: (server.address() as AddressInfo).port, host: "127.0.0.1" });
  expect(socket.isDirect).toBe(false);
  socket.putText("hello");
  socket.end();
  expect(socket.isDirect).toBe(false);
  const [peer] = (await once(server, "connection")) as [Socket];
  expect((await received(peer)).toString()).toBe("hello");
});
