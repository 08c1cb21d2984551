import { generateKeyPairSync } from "node:crypto";
import { type AddressInfo, connect, createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { text } from "node:stream/consumers";
import ssh2, { type ClientChannel, type Connection } from "ssh2";
import { afterEach, expect, test } from "vitest";
import type { Stage, Way } from "../way.ts";
import { connectSsh, type SshSettings } from "./connect.ts";
import type { Identity, LockedKey } from "./identities.ts";
import { parseKnownHosts } from "./known-hosts.ts";
import { hasReadyKeys } from "./ready-keys.ts";
import { unlocker } from "./unlock.ts";

const hostKey = ssh2.utils.generateKeyPairSync("ed25519");
const userKey = aKey();
const closers: (() => void)[] = [];
const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((face) => face?.address === "::1");

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** An sshd in this process: it stands for the real one, which the sandbox has. It knows one user key. */
async function fakeSshd(address = "127.0.0.1"): Promise<{ port: number; attempts: string[] }> {
  const attempts: string[] = [];
  const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (client: Connection) => {
    client.on("error", () => undefined);
    client.on("tcpip", (accept, _reject, { destIP, destPort }) => {
      const onwards = connect(destPort, destIP);
      onwards.on("error", () => undefined);
      onwards.pipe(accept()).pipe(onwards);
    });
    client.on("authentication", (attempt) => {
      attempts.push(attempt.method);
      const known = attempt.method === "publickey" && attempt.key.data.equals(userKey.key.getPublicSSH());
      return known ? attempt.accept() : attempt.reject(["publickey"]);
    });
  });
  // As sshd has it; otherwise every small message waits 40 ms for the one before to be acknowledged.
  const listening = createServer({ noDelay: true }, (socket) => server.injectSocket(socket));
  await new Promise<void>((resolve) => listening.listen(0, address, resolve));
  closers.push(() => listening.close());
  return { port: (listening.address() as AddressInfo).port, attempts };
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

const settings: SshSettings = {
  timeoutMs: 5_000,
  dnsRetries: 0,
  signal: new AbortController().signal,
  cwd: import.meta.dirname,
  env: process.env,
  unlock: unlocker(async () => null),
};

function stage(
  port: number,
  known: string,
  ready: Identity[] = [userKey],
  locked: LockedKey[] = [],
  passedOver: string[] = [],
): Stage {
  return {
    name: `127.0.0.1:${port}`,
    address: { host: "127.0.0.1", port, user: "deploy" },
    knownHosts: parseKnownHosts(known, "known_hosts"),
    identities: { ready, locked, passedOver },
    unused: [],
  };
}

function wayTo(...args: Parameters<typeof stage>): Way {
  return { stages: [stage(...args)], proxyCommand: null };
}

/** A key with a passphrase, which the fake sshd does not know. */
function aLockedKey(passphrase: string): LockedKey {
  const { private: pem } = ssh2.utils.generateKeyPairSync("ed25519", {
    passphrase,
    cipher: "aes256-ctr",
    rounds: 1,
  });
  return { name: "~/.ssh/id_ed25519", pem };
}

function knownLine(port: number): string {
  return `[127.0.0.1]:${port} ${hostKey.public}`;
}

test("a host whose key is on record lets us in with the right key", async () => {
  const { port } = await fakeSshd();
  const client = await connectSsh(wayTo(port, knownLine(port)), settings);
  client.end();
});

test.runIf(hasIpv6)(
  "a host that is an IPv6 address is reached, its key on record as OpenSSH writes it",
  async () => {
    const { port } = await fakeSshd("::1");
    const known = parseKnownHosts(`[::1]:${port} ${hostKey.public}`, "known_hosts");
    const address = { host: "::1", port, user: "deploy" };
    const [first] = wayTo(port, "").stages;
    const client = await connectSsh(
      {
        stages: [{ ...(first as Stage), name: `[::1]:${port}`, address, knownHosts: known }],
        proxyCommand: null,
      },
      settings,
    );
    client.end();
  },
);

test("a connection works with its keys as Node takes them without a question", async () => {
  const { port } = await fakeSshd();
  const client = await connectSsh(wayTo(port, knownLine(port)), settings);
  expect(hasReadyKeys(client)).toBe(true);
  const reached = createServer((socket) => socket.end("answered"));
  await new Promise<void>((resolve) => reached.listen(0, "127.0.0.1", resolve));
  closers.push(() => reached.close());
  const { port: there } = reached.address() as AddressInfo;
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.forwardOut("127.0.0.1", 0, "127.0.0.1", there, (error, opened) =>
      error === undefined ? resolve(opened) : reject(error),
    ),
  );
  expect(await text(channel)).toBe("answered");
  client.end();
});

test("a connection that died is reset, so that nothing that was written still arrives once the network is back", async () => {
  const sshd = await fakeSshd();
  const ended = Promise.withResolvers<string | undefined>();
  const relay = createServer((socket) => {
    const onwards = connect(sshd.port, "127.0.0.1");
    onwards.on("error", () => undefined);
    socket.on("error", (error: NodeJS.ErrnoException) => ended.resolve(error.code));
    socket.on("end", () => ended.resolve("delivered to its end"));
    socket.pipe(onwards).pipe(socket);
  });
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  closers.push(() => relay.close());
  const { port } = relay.address() as AddressInfo;
  const client = await connectSsh(wayTo(port, knownLine(port)), settings);
  // What ssh2 says once its questions stay without an answer, which takes 12 s.
  client.emit("error", Object.assign(new Error("Keepalive timeout"), { level: "client-timeout" }));
  client.end();
  expect(await ended.promise).toBe("ECONNRESET");
});

test("an unknown host key is refused before anything is proven, with the command that trusts it", async () => {
  const { port, attempts } = await fakeSshd();
  await expect(connectSsh(wayTo(port, ""), settings)).rejects.toMatchObject({
    code: "HOST_KEY_UNKNOWN",
    facts: { hint: expect.stringContaining(`deploy trust 127.0.0.1:${port}`) },
  });
  expect(attempts).toEqual([]);
});

test("a changed host key is refused before anything is proven, and both fingerprints are shown", async () => {
  const { port, attempts } = await fakeSshd();
  const other = ssh2.utils.generateKeyPairSync("ed25519").public;
  await expect(connectSsh(wayTo(port, `[127.0.0.1]:${port} ${other}`), settings)).rejects.toMatchObject({
    code: "HOST_KEY_CHANGED",
    facts: { details: [expect.stringContaining("SHA256:"), expect.stringContaining("known_hosts:1")] },
  });
  expect(attempts).toEqual([]);
});

test("a host that accepts none of the keys names those that were tried", async () => {
  const { port } = await fakeSshd();
  await expect(connectSsh(wayTo(port, knownLine(port), [aKey()]), settings)).rejects.toMatchObject({
    code: "HOST_AUTHENTICATION",
    facts: { cause: "deploy@127.0.0.1 accepted none of: ~/.ssh/id_ecdsa" },
  });
});

test("keys are tried in order until one is accepted", async () => {
  const { port } = await fakeSshd();
  const client = await connectSsh(wayTo(port, knownLine(port), [aKey(), userKey]), settings);
  client.end();
});

test("an agent that is not there is passed over", async () => {
  const { port } = await fakeSshd();
  const agent: Identity = { kind: "agent", name: "the ssh-agent", socket: "/nonexistent/agent", only: null };
  const client = await connectSsh(wayTo(port, knownLine(port), [agent, userKey]), settings);
  client.end();
});

test("a port on which nothing listens is called refused", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  await expect(connectSsh(wayTo(port, ""), settings)).rejects.toMatchObject({
    code: "HOST_UNREACHABLE",
    facts: { cause: `127.0.0.1 refuses connections on port ${port}` },
  });
});

test("something that is no sshd is not waited for", async () => {
  const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  await expect(connectSsh(wayTo(port, ""), settings)).rejects.toMatchObject({ code: "HOST_UNREACHABLE" });
});

test("a host is reached through two others, each of which is verified itself", async () => {
  const [first, second, target] = [await fakeSshd(), await fakeSshd(), await fakeSshd()];
  const way = [first, second, target].map(({ port }) => stage(port, knownLine(port)));
  const client = await connectSsh({ stages: way, proxyCommand: null }, settings);
  client.end();
  expect([first, second, target].map(({ attempts }) => attempts)).toEqual([
    ["publickey", "publickey"],
    ["publickey", "publickey"],
    ["publickey", "publickey"],
  ]);
  const [known, , last] = way;
  if (known === undefined || last === undefined) throw new Error("unreachable");
  const stranger = { ...known, knownHosts: [] };
  await expect(connectSsh({ stages: [stranger, last], proxyCommand: null }, settings)).rejects.toMatchObject({
    code: "HOST_KEY_UNKNOWN",
  });
});

test("a proxy command reaches the host", async () => {
  const { port } = await fakeSshd();
  const pipe = "process.stdin.pipe(require('net').connect(process.argv[1])).pipe(process.stdout)";
  const proxyCommand = `"${process.execPath}" -e "${pipe}" ${port}`;
  const client = await connectSsh({ ...wayTo(port, knownLine(port)), proxyCommand }, settings);
  client.end();
});

test("what a proxy command says on its end is told", async () => {
  const way = { ...wayTo(22, ""), proxyCommand: "sh -c 'echo no such bastion >&2; exit 1'" };
  await expect(connectSsh(way, settings)).rejects.toMatchObject({
    code: "HOST_UNREACHABLE",
    facts: { cause: expect.stringContaining("no such bastion") },
  });
});

test("a passphrase is asked for once, however many hosts want the key, and only when no other key will do", async () => {
  const [one, two] = [await fakeSshd(), await fakeSshd()];
  const asked: string[] = [];
  const unlock = unlocker(async (question) => {
    asked.push(question);
    return asked.length === 1 ? "a slip" : "open sesame";
  });
  const locked = aLockedKey("open sesame");
  const refused = (port: number) =>
    connectSsh(wayTo(port, knownLine(port), [], [locked]), { ...settings, unlock });
  const errors = await Promise.allSettled([refused(one.port), refused(two.port)]);
  expect(errors.map((error) => error.status === "rejected" && error.reason.facts.cause)).toEqual([
    "deploy@127.0.0.1 accepted none of: ~/.ssh/id_ed25519",
    "deploy@127.0.0.1 accepted none of: ~/.ssh/id_ed25519",
  ]);
  expect(asked).toEqual([
    "Passphrase for the SSH key ~/.ssh/id_ed25519: ",
    "That was not it. Passphrase for the SSH key ~/.ssh/id_ed25519: ",
  ]);
  const client = await connectSsh(wayTo(one.port, knownLine(one.port), [userKey], [locked]), {
    ...settings,
    unlock: unlocker(async () => expect.unreachable()),
  });
  client.end();
});

test("where nobody can be asked for a passphrase, what to do instead is said", async () => {
  const { port } = await fakeSshd();
  const way = wayTo(port, knownLine(port), [], [aLockedKey("open sesame")]);
  await expect(connectSsh(way, settings)).rejects.toMatchObject({
    code: "HOST_AUTHENTICATION",
    facts: { hint: "ssh-add ~/.ssh/id_ed25519" },
  });
});

test("a refusal names the keys that could not even be tried", async () => {
  const { port } = await fakeSshd();
  const reason = "~/.ssh/id_ed25519_sk: keys on a security token cannot be used";
  await expect(
    connectSsh(wayTo(port, knownLine(port), [aKey()], [], [reason]), settings),
  ).rejects.toMatchObject({ facts: { details: [reason] } });
});
