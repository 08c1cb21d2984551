import { mkdtemp } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, request as requestHttp, type Server } from "node:http";
import { request as requestHttps } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../clock.ts";
import { ask } from "../control/client.ts";
import type { ServiceOptions } from "../control/protocol.ts";
import { probe } from "../gate/probe.ts";
import { type RunningProxy, startProxy } from "../proxy.ts";
import { someAcme } from "../testing/acme.ts";
import { HttpChallenges } from "./acme/http-challenges.ts";
import { selfSigned } from "./testing/self-signed.ts";

const pair = selfSigned("secure.example");
let app: Server;
let proxy: RunningProxy;
let folder: string;
let socketPath: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cutover-https-"));
  socketPath = join(folder, "control");
  app = createServer((request, response) =>
    response.end(`${request.url} ${request.headers["x-forwarded-proto"]}`),
  );
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  proxy = await startProxy(
    { httpPort: 0, httpsPort: 0, stateDirectory: join(folder, "state"), socketPath, acme: someAcme(folder) },
    { log: () => {}, clock: systemClock, probe },
  );
  await deploy("secure", { hosts: ["secure.example"], tls: { source: "own", ...pair, hstsSeconds: 600 } });
  await deploy("both", { hosts: ["both.example"], tls: { source: "own", ...pair, redirect: false } });
});

afterAll(async () => {
  await proxy.close(0);
  app.close().closeAllConnections();
});

async function deploy(service: string, options: ServiceOptions): Promise<void> {
  const targets = [`127.0.0.1:${(app.address() as AddressInfo).port}`];
  const limits = { deadlineMs: 2_000, expiresMs: 2_000 };
  const named = { service, candidate: `${service}-1` };
  await ask(socketPath, `${service} prepare`, "prepare", {
    ...named,
    targets,
    options,
    health: {},
    ...limits,
  });
  await ask(socketPath, `${service} commit`, "commit", { ...named, drainTimeoutMs: 1_000 });
}

interface Got {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

function get(protocol: "http" | "https", path: string, headers: Record<string, string>): Promise<Got> {
  const servername = headers["host"] ?? "";
  const options = { path, headers, servername, agent: false, rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    const asked =
      protocol === "http"
        ? requestHttp({ ...options, port: proxy.httpPort, method: "POST" })
        : requestHttps({ ...options, port: proxy.httpsPort });
    asked.on("response", async (answer) =>
      resolve({ status: answer.statusCode, headers: answer.headers, body: await text(answer) }),
    );
    asked.on("error", reject);
    asked.end();
  });
}

test("a service is served over https with its own certificate, and its app told so", async () => {
  expect(await get("https", "/a", { host: "secure.example" })).toMatchObject({
    status: 200,
    body: "/a https",
  });
});

test("browsers are told to come over https only, where the service wants it", async () => {
  const [wants, refuses] = [{ host: "secure.example" }, { host: "both.example" }];
  expect((await get("https", "/", wants)).headers["strict-transport-security"]).toBe("max-age=600");
  expect((await get("https", "/", refuses)).headers).not.toHaveProperty("strict-transport-security");
});

test("plain http is sent to https, method, path and query kept", async () => {
  const { status, headers } = await get("http", "/a?b", { host: "secure.example:8080" });
  expect([status, headers.location]).toEqual([308, "https://secure.example/a?b"]);
});

test("plain http is served where the service does not want the redirect", async () => {
  expect(await get("http", "/", { host: "both.example" })).toMatchObject({ status: 200, body: "/ http" });
});

test("who came over https to a proxy in front is not sent there again", async () => {
  const headers = { host: "secure.example", "x-forwarded-proto": "https" };
  expect((await get("http", "/", headers)).status).toBe(200);
});

test("challenges are answered over plain http, also those of a proxy that shares the folder", async () => {
  const token = "a-token-of-another-proxy";
  const others = new HttpChallenges(folder);
  await others.add(token, `${token}.thumbprint`);
  const asked = `/.well-known/acme-challenge/${token}`;
  expect(await get("http", asked, { host: "secure.example" })).toMatchObject({
    status: 200,
    body: `${token}.thumbprint`,
  });
  await others.remove(token);
  expect((await get("http", asked, { host: "secure.example" })).status).toBe(308);
});

test("a challenge that is known only to the sibling is answered by it", async () => {
  const token = "a-token-of-the-sibling";
  const siblings = await mkdtemp(join(tmpdir(), "cutover-sibling-"));
  const other = await startProxy(
    {
      httpPort: 0,
      httpsPort: 0,
      stateDirectory: join(siblings, "state"),
      socketPath: join(siblings, "control"),
      acme: someAcme(siblings, { sibling: `127.0.0.1:${proxy.httpPort}` }),
    },
    { log: () => {}, clock: systemClock, probe },
  );
  await new HttpChallenges(folder).add(token, "its answer");
  const answer = await fetch(`http://127.0.0.1:${other.httpPort}/.well-known/acme-challenge/${token}`);
  expect([answer.status, await answer.text()]).toEqual([200, "its answer"]);
  await other.close(0);
});

test("the list of services does not give a key away", async () => {
  const { services } = await ask(socketPath, "list", "list", {});
  expect(services.map(({ options }) => options.tls)).toMatchObject([{ privateKey: "" }, { privateKey: "" }]);
  expect(JSON.stringify(services)).not.toContain("PRIVATE KEY");
});

test("certificate and key that don't belong together are refused, naming the field", async () => {
  const tls = {
    source: "own",
    certificate: pair.certificate,
    privateKey: selfSigned("b.example").privateKey,
  } as const;
  await expect(deploy("wrong", { hosts: ["wrong.example"], tls })).rejects.toMatchObject({
    code: "bad-request",
    field: "options.tls.privateKey",
  });
});

test("automatic certificates for a wildcard are refused", async () => {
  await expect(deploy("wrong", { hosts: ["*.example"], tls: { source: "automatic" } })).rejects.toMatchObject(
    {
      code: "bad-request",
      field: "options.hosts",
    },
  );
});
