import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer as createHttp, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTls } from "node:tls";
import { afterEach, expect, test } from "vitest";
import { aRelease } from "../testing/builders.ts";
import { probe } from "./probe.ts";

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server): Promise<string> {
  servers.push(server);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const web = (listener: RequestListener) => listening(createHttp(listener));
const { health } = aRelease("r1");

test("an accepted status passes", async () => {
  const target = await web((_, response) => response.end("ok"));
  expect(await probe(target, health, 1_000)).toBe("passed");
});

test("it asks for the path, with the host and port it was told", async () => {
  let asked = "";
  const other = await web((request, response) => {
    asked = `${request.headers.host} ${request.url}`;
    response.end();
  });
  const port = Number(other.split(":")[1]);
  await probe("127.0.0.1:1", { ...health, path: "/health?deep=1", host: "app.example.com", port }, 1_000);
  expect(asked).toBe("app.example.com /health?deep=1");
});

test("nothing listening is told as refused", async () => {
  const server = createServer();
  const target = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  expect(await probe(target, health, 1_000)).toEqual({ target, kind: "refused" });
});

test("a name that nobody knows is told as unresolved", async () => {
  const finding = await probe("nobody.invalid:80", health, 5_000);
  expect(finding).toMatchObject({ kind: "unresolved" });
});

test("no answer in time is told with the time", async () => {
  const target = await web(() => {});
  expect(await probe(target, health, 50)).toEqual({ target, kind: "timeout", timeoutMs: 50 });
});

test("another status is told with the first 512 bytes of its body", async () => {
  const target = await web((_, response) => response.writeHead(500).end("x".repeat(2_000)));
  expect(await probe(target, health, 1_000)).toEqual({
    target,
    kind: "status",
    status: 500,
    body: "x".repeat(512),
  });
});

test("a redirect is told with where it leads", async () => {
  const target = await web((_, response) => response.writeHead(301, { location: "https://a.com/up" }).end());
  expect(await probe(target, health, 1_000)).toEqual({
    target,
    kind: "redirect",
    status: 301,
    location: "https://a.com/up",
  });
});

test("a redirect passes where its status is accepted", async () => {
  const target = await web((_, response) => response.writeHead(302, { location: "/login" }).end());
  expect(await probe(target, { ...health, statuses: [{ from: 200, to: 399 }] }, 1_000)).toBe("passed");
});

test("what is no HTTP is told with its bytes", async () => {
  const target = await listening(createServer((socket) => socket.end("SSH-2.0-OpenSSH_10.0\r\n")));
  expect(await probe(target, health, 1_000)).toMatchObject({
    kind: "not-http",
    tls: false,
    bytes: "SSH-2.0-OpenSSH_10.0\r\n",
  });
});

test("a connection closed without an answer is told as closed", async () => {
  const target = await listening(createServer((socket) => socket.destroy()));
  expect(await probe(target, health, 1_000)).toEqual({ target, kind: "closed" });
});

test("TLS where HTTP was expected is told as such", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cutover-tls-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = [
    "-subj",
    "/CN=app",
    "-days",
    "1",
    "-nodes",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
  ];
  execFileSync("openssl", ["req", "-x509", ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
  const server = createTls({ key: readFileSync(key), cert: readFileSync(cert) });
  server.on("tlsClientError", () => {});
  const target = await listening(server);
  expect(await probe(target, health, 1_000)).toMatchObject({ kind: "not-http", tls: true });
});
