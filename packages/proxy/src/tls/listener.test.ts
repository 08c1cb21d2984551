import { once } from "node:events";
import { createServer } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { request } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../clock.ts";
import { acmeProtocol, TlsListener } from "./listener.ts";
import { secureContext } from "./pair.ts";
import { CertificateStore } from "./store.ts";
import { selfSigned } from "./testing/self-signed.ts";

const pairs = {
  a: selfSigned("a.example"),
  any: selfSigned("*.b.example"),
  challenge: selfSigned("a.example"),
};
const store = new CertificateStore();
store.takeOwn([
  { hosts: ["a.example"], pair: pairs.a },
  { hosts: ["*.b.example"], pair: pairs.any },
]);

/** Stands for the data plane: it serves HTTP/1.1 connections of any kind. */
const plane = createServer(async (asked, answer) => {
  answer.setHeader("x-host", asked.headers.host ?? "");
  answer.end(`${asked.method} ${asked.url} ${await text(asked)}`);
});
let challenged = false;
const listener = new TlsListener({
  certificateFor: (name) => store.find(name),
  challengeFor: () => secureContext(pairs.challenge),
  get challenged() {
    return challenged;
  },
  serveHttp1: (socket) => plane.emit("connection", socket),
  serveStream: (socket) => plane.emit("connection", socket),
});
let port: number;

beforeAll(async () => {
  await listener.listen(0);
  port = (listener.server.address() as AddressInfo).port;
});
afterAll(() => listener.close(0, systemClock));

function ask(servername: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({
      port,
      servername,
      headers: { host: servername },
      ca: pairs.a.certificate,
      agent: false,
    });
    asked.on("response", async (answer) => resolve({ status: answer.statusCode, body: await text(answer) }));
    asked.on("error", reject);
    asked.end();
  });
}

function handshake(options: {
  servername: string;
  protocols?: string[];
  maxVersion?: "TLSv1.1" | "TLSv1.2";
}) {
  return new Promise<{ protocol: string | null; alpn: string | false | null; fingerprint: string }>(
    (resolve, reject) => {
      const { servername, protocols = [], maxVersion = "TLSv1.2" } = options;
      const minVersion = maxVersion === "TLSv1.1" ? "TLSv1.1" : "TLSv1.2";
      const socket = connectTls({
        port,
        servername,
        ALPNProtocols: protocols,
        rejectUnauthorized: false,
        minVersion,
        maxVersion,
        ciphers: "DEFAULT:@SECLEVEL=0",
      });
      socket.once("secureConnect", () => {
        const fingerprint = socket.getPeerX509Certificate()?.fingerprint256 ?? "";
        resolve({ protocol: socket.getProtocol(), alpn: socket.alpnProtocol, fingerprint });
        socket.destroy();
      });
      socket.once("error", reject);
    },
  );
}

test("serves HTTP/1.1 over TLS with the certificate of the host asked for", async () =>
  expect(await ask("a.example")).toEqual({ status: 200, body: "GET / " }));

test("serves a wildcard's hosts with its certificate", async () => {
  const one = await handshake({ servername: "one.b.example" });
  const other = await handshake({ servername: "a.example" });
  expect(one.fingerprint).not.toBe(other.fingerprint);
});

test("refuses a handshake for a name it has no certificate for", () =>
  expect(handshake({ servername: "c.example" })).rejects.toThrow());

test("takes TLS 1.2", async () =>
  expect(await handshake({ servername: "a.example" })).toMatchObject({ protocol: "TLSv1.2" }));

test("refuses TLS 1.1", () =>
  expect(handshake({ servername: "a.example", maxVersion: "TLSv1.1" })).rejects.toThrow());

test("prefers HTTP/2 where the client offers both", async () =>
  expect(await handshake({ servername: "a.example", protocols: ["http/1.1", "h2"] })).toMatchObject({
    alpn: "h2",
  }));

test.each([false, true])(
  "a client that leaves before keys are agreed on leaves nothing open",
  async (open) => {
    challenged = open;
    const socket = connect({ port, allowHalfOpen: true });
    socket.resume().end();
    await once(socket, "end");
    challenged = false;
  },
);

test("answers a TLS-ALPN-01 challenge with its own certificate while one is open", async () => {
  const usual = await handshake({ servername: "a.example" });
  challenged = true;
  const asked = await handshake({ servername: "a.example", protocols: [acmeProtocol] });
  const besides = await handshake({ servername: "a.example", protocols: ["h2"] });
  challenged = false;
  expect(asked.alpn).toBe(acmeProtocol);
  expect(asked.fingerprint).not.toBe(usual.fingerprint);
  expect(besides).toMatchObject({ alpn: "h2", fingerprint: usual.fingerprint });
});

test("serves requests of HTTP/2 side by side", async () => {
  const session = connectHttp2(`https://a.example:${port}`, {
    ca: pairs.a.certificate,
    createConnection: () =>
      connectTls({ port, servername: "a.example", ALPNProtocols: ["h2"], ca: pairs.a.certificate }),
  });
  const bodies = await Promise.all(
    Array.from({ length: 50 }, async (_, i) => {
      const stream = session.request({ ":method": "POST", ":path": `/${i}`, ":authority": "a.example" });
      stream.end(`body ${i}`);
      return text(stream);
    }),
  );
  session.close();
  expect(bodies).toEqual(Array.from({ length: 50 }, (_, i) => `POST /${i} body ${i}`));
});
