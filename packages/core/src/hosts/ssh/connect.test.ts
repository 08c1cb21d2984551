import { generateKeyPairSync } from "node:crypto";
import { type AddressInfo, createServer } from "node:net";
import ssh2, { type Connection } from "ssh2";
import { afterEach, expect, test } from "vitest";
import { connectSsh, type SshSettings } from "./connect.ts";
import type { Identity } from "./identities.ts";
import { parseKnownHosts } from "./known-hosts.ts";

const hostKey = ssh2.utils.generateKeyPairSync("ed25519");
const userKey = aKey();
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** An sshd in this process: it stands for the real one, which the sandbox has. It knows one user key. */
async function fakeSshd(): Promise<{ port: number; attempts: string[] }> {
  const attempts: string[] = [];
  const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (client: Connection) => {
    client.on("error", () => undefined);
    client.on("authentication", (attempt) => {
      attempts.push(attempt.method);
      const known = attempt.method === "publickey" && attempt.key.data.equals(userKey.key.getPublicSSH());
      return known ? attempt.accept() : attempt.reject(["publickey"]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, attempts };
}

function aKey(): Extract<Identity, { kind: "key" }> {
  const { privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "sec1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  return { kind: "key", name: "~/.ssh/id_ecdsa", key: parsed };
}

function settings(known: string, identities: Identity[] = [userKey]): SshSettings {
  const knownHosts = parseKnownHosts(known, "known_hosts");
  return { knownHosts, identities, jumps: [], timeoutMs: 5_000, signal: new AbortController().signal };
}

function address(port: number) {
  return { host: "127.0.0.1", port, user: "deploy" };
}

function knownLine(port: number): string {
  return `[127.0.0.1]:${port} ${hostKey.public}`;
}

test("a host whose key is on record lets us in with the right key", async () => {
  const { port } = await fakeSshd();
  const client = await connectSsh(address(port), settings(knownLine(port)));
  client.end();
});

test("an unknown host key is refused before anything is proven, with the command that trusts it", async () => {
  const { port, attempts } = await fakeSshd();
  await expect(connectSsh(address(port), settings(""))).rejects.toMatchObject({
    code: "HOST_KEY_UNKNOWN",
    facts: { hint: expect.stringContaining(`deploy trust 127.0.0.1:${port}`) },
  });
  expect(attempts).toEqual([]);
});

test("a changed host key is refused before anything is proven, and both fingerprints are shown", async () => {
  const { port, attempts } = await fakeSshd();
  const other = ssh2.utils.generateKeyPairSync("ed25519").public;
  await expect(connectSsh(address(port), settings(`[127.0.0.1]:${port} ${other}`))).rejects.toMatchObject({
    code: "HOST_KEY_CHANGED",
    facts: { details: [expect.stringContaining("SHA256:"), expect.stringContaining("known_hosts:1")] },
  });
  expect(attempts).toEqual([]);
});

test("a host that accepts none of the keys names those that were tried", async () => {
  const { port } = await fakeSshd();
  await expect(connectSsh(address(port), settings(knownLine(port), [aKey()]))).rejects.toMatchObject({
    code: "HOST_AUTHENTICATION",
    facts: { cause: "deploy@127.0.0.1 accepted none of: ~/.ssh/id_ecdsa" },
  });
});

test("keys are tried in order until one is accepted", async () => {
  const { port } = await fakeSshd();
  const client = await connectSsh(address(port), settings(knownLine(port), [aKey(), userKey]));
  client.end();
});

test("an agent that is not there is passed over", async () => {
  const { port } = await fakeSshd();
  const agent: Identity = { kind: "agent", name: "the ssh-agent", socket: "/nonexistent/agent" };
  const client = await connectSsh(address(port), settings(knownLine(port), [agent, userKey]));
  client.end();
});

test("a port on which nothing listens is called refused", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  await expect(connectSsh(address(port), settings(""))).rejects.toMatchObject({
    code: "HOST_UNREACHABLE",
    facts: { cause: `127.0.0.1 refuses connections on port ${port}` },
  });
});

test("something that is no sshd is not waited for", async () => {
  const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  await expect(connectSsh(address(port), settings(""))).rejects.toMatchObject({ code: "HOST_UNREACHABLE" });
});
