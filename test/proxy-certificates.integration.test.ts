import { mkdtemp, readdir, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as reservePort } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { dockerAt } from "../packages/harness/src/engine/ask.ts";
import { placeOfSandbox } from "../packages/harness/src/vitest/worker-sandbox.ts";
import { systemClock } from "../packages/proxy/src/clock.ts";
import { ask } from "../packages/proxy/src/control/client.ts";
import type { ServiceTls } from "../packages/proxy/src/control/protocol.ts";
import { probe } from "../packages/proxy/src/gate/probe.ts";
import { type RunningProxy, startProxy } from "../packages/proxy/src/proxy.ts";
import type { ChallengeType } from "../packages/proxy/src/tls/acme/settings.ts";
import { thisMachine } from "./peers/container.ts";
import { type Pebble, startPebble } from "./peers/pebble.ts";

const hosts = ["one.test", "two.test", "three.test", "four.test", "unknown.test"];
let pebble: Pebble;
let app: Server;
/** Hosts that the app was asked about, and what it says. */
const askedFor: string[] = [];
let proxy: RunningProxy;
let ports: { http: number; https: number };
let folder: string;
let socketPath: string;
const log: { event: string; facts: Record<string, unknown> }[] = [];

beforeAll(async () => {
  ports = { http: await freePort(), https: await freePort() };
  const { dockerHost, project } = placeOfSandbox();
  pebble = await startPebble(dockerAt(dockerHost), {
    name: `${project}-pebble`,
    hosts: Object.fromEntries(hosts.map((host) => [host, thisMachine])),
    ports,
  });
  app = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://app");
    const host = searchParams.get("host");
    if (pathname === "/may-serve" && host !== null) askedFor.push(host);
    response.writeHead(pathname === "/may-serve" && host !== "four.test" ? 404 : 200).end(request.url);
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  app?.close().closeAllConnections();
  await pebble?.remove();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cutover-certificates-"));
  socketPath = join(folder, "control");
  log.length = 0;
});

afterEach(() => proxy?.close(0));

async function start(...challenges: [ChallengeType, ...ChallengeType[]]): Promise<void> {
  proxy = await startProxy(
    {
      httpPort: ports.http,
      httpsPort: ports.https,
      stateDirectory: join(folder, "state"),
      socketPath,
      acme: {
        directoryUrl: pebble.directoryUrl,
        email: "ops@one.test",
        directoryAuthorities: pebble.authorities,
        challenges,
        folder: join(folder, "certificates"),
        sibling: null,
      },
    },
    { log: (event, facts = {}) => void log.push({ event, facts }), clock: systemClock, probe },
  );
}

async function serve(name: string, serviceHosts: string[], tls: ServiceTls): Promise<void> {
  const target = `127.0.0.1:${(app.address() as AddressInfo).port}`;
  const params = {
    service: name,
    candidate: `${name}-1`,
    targets: [target],
    options: { hosts: serviceHosts, tls },
    health: {},
    deadlineMs: 5_000,
    expiresMs: 5_000,
  };
  expect(await ask(socketPath, `${name}-prepare`, "prepare", params)).toMatchObject({ state: "healthy" });
  const commit = { service: name, candidate: `${name}-1`, drainTimeoutMs: 1_000 };
  await ask(socketPath, `${name}-commit`, "commit", commit);
}

/** Who signed the certificate that a host is served with; null where the handshake is refused. */
function issuerOf(host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ port: ports.https, servername: host, rejectUnauthorized: false });
    socket.once("secureConnect", () => {
      const certificate = socket.getPeerX509Certificate();
      resolve(certificate?.checkHost(host) === host ? certificate.issuer : null);
      socket.destroy();
    });
    socket.once("error", () => resolve(null));
  });
}

test.each<[ChallengeType, string]>([
  ["http-01", "one.test"],
  ["tls-alpn-01", "two.test"],
])("a listed host gets its certificate by %s, and a handshake waits for it", async (challenge, host) => {
  await start(challenge);
  await serve("app", [host], { source: "automatic" });
  expect(await issuerOf(host), JSON.stringify(log)).toContain("Pebble Intermediate CA");
  expect(log.find(({ event }) => event === "certificate.obtained")?.facts).toMatchObject({ host });
});

test("account key and certificate are for their owner only, and found again after a restart", async () => {
  await start("http-01");
  await serve("app", ["one.test"], { source: "automatic" });
  expect(await issuerOf("one.test"), JSON.stringify(log)).not.toBeNull();
  for (const kind of ["accounts", "certificates"]) {
    const inside = join(folder, "certificates", kind);
    const [file, ...others] = await readdir(inside);
    expect(others).toEqual([]);
    expect((await stat(join(inside, file ?? ""))).mode & 0o777).toBe(0o600);
  }
  await proxy.close(0);
  log.length = 0;
  await start("http-01");
  expect(await issuerOf("one.test")).toContain("Pebble Intermediate CA");
  expect(log.filter(({ event }) => event.startsWith("certificate."))).toEqual([]);
});

test("a host that nobody listed gets one once the app has said that it knows it", async () => {
  await start("http-01");
  const target = `http://127.0.0.1:${(app.address() as AddressInfo).port}/may-serve`;
  await serve("app", [], { source: "on-demand", ask: target });
  expect(await issuerOf("four.test"), JSON.stringify(log)).toContain("Pebble Intermediate CA");
  expect(await issuerOf("unknown.test")).toBeNull();
  expect(await issuerOf("unknown.test")).toBeNull();
  expect(askedFor).toEqual(["four.test", "unknown.test"]);
});

test("a failed order is told with what is wrong and when it is tried again, by the other challenge", async () => {
  await start("tls-alpn-01", "http-01");
  await serve("app", ["nowhere.test"], { source: "automatic" });
  expect(await issuerOf("nowhere.test")).toBeNull();
  const failed = log.find(({ event }) => event === "certificate.failed")?.facts;
  expect(failed).toMatchObject({ host: "nowhere.test", failures: 1 });
  expect(String(failed?.["problem"])).not.toBe("");
});

async function freePort(): Promise<number> {
  const server = reservePort();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
