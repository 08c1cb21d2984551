import { generateKeyPairSync } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ssh2 from "ssh2";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findIdentities, type IdentityRequest } from "./identities.ts";

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "cutover-home-"));
});
afterEach(() => rm(home, { recursive: true }));

async function given(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, name)), { recursive: true });
    await writeFile(join(home, name), text);
  }
}

function request(more: Partial<IdentityRequest> = {}): IdentityRequest {
  return { files: [], data: [], only: false, agentSocket: null, home, ...more };
}

const pem = (type: "ec" | "rsa") => {
  const encoding = { type: type === "ec" ? "sec1" : "pkcs1", format: "pem" } as const;
  const keys =
    type === "ec"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return keys.privateKey.export(encoding as never).toString();
};
const locked = ssh2.utils.generateKeyPairSync("ed25519", {
  passphrase: "x",
  cipher: "aes256-ctr",
  rounds: 1,
});
const open = ssh2.utils.generateKeyPairSync("ed25519");

test("the usual keys are found, of every algorithm, after the agent's", async () => {
  await given({ ".ssh/id_ed25519": open.private, ".ssh/id_ecdsa": pem("ec"), ".ssh/id_rsa": pem("rsa") });
  const { ready } = await findIdentities(request({ agentSocket: "/agent" }));
  expect(ready.map(({ name }) => name)).toEqual([
    "the ssh-agent",
    "~/.ssh/id_ed25519",
    "~/.ssh/id_ecdsa",
    "~/.ssh/id_rsa",
  ]);
});

test("a file that is named and not there is passed over, and the usual ones are not tried beside others", async () => {
  await given({ ".ssh/id_ed25519": open.private, "work/key": pem("ec") });
  const { ready } = await findIdentities(request({ files: [join(home, "gone"), join(home, "work/key")] }));
  expect(ready.map(({ name }) => name)).toEqual(["~/work/key"]);
});

test("with keys_only the agent is asked for nothing but the files named, which it may hold unlocked", async () => {
  await given({ "work/key": locked.private, "work/key.pub": locked.public, "work/other.pub": open.public });
  const files = [join(home, "work/key"), join(home, "work/other.pub")];
  const found = await findIdentities(request({ files, only: true, agentSocket: "/agent" }));
  expect(found.ready).toMatchObject([{ kind: "agent", only: [expect.any(Buffer), expect.any(Buffer)] }]);
  expect(found.locked.map(({ name }) => name)).toEqual(["~/work/key"]);
});

test("keys_only without an agent leaves the files alone, whatever else there is", async () => {
  await given({ ".ssh/id_ed25519": open.private, "work/key": pem("ec") });
  const { ready } = await findIdentities(request({ files: [join(home, "work/key")], only: true }));
  expect(ready.map(({ name }) => name)).toEqual(["~/work/key"]);
});

test("keys that cannot be used are named with why", async () => {
  await given({
    ".ssh/id_ed25519": open.private,
    ".ssh/id_ed25519-cert.pub": "ssh-ed25519-cert-v01@openssh.com AAAA",
    ".ssh/id_ecdsa_sk": "a handle to a token",
    ".ssh/id_rsa": "not a key at all",
  });
  const { passedOver } = await findIdentities(request());
  expect(passedOver).toEqual([
    expect.stringMatching(/^~\/\.ssh\/id_rsa: .*ed25519, ecdsa or rsa/),
    expect.stringMatching(/^~\/\.ssh\/id_ed25519-cert\.pub: certificates/),
    expect.stringMatching(/^~\/\.ssh\/id_ecdsa_sk: keys on a security token/),
  ]);
});

test("a key given as a secret goes by the secret's name", async () => {
  const { ready } = await findIdentities(request({ data: [{ name: "DEPLOY_KEY", pem: open.private }] }));
  expect(ready.map(({ name }) => name)).toEqual(["DEPLOY_KEY"]);
});
