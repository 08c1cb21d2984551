import { mkdtemp, readdir, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { selfSigned } from "../testing/self-signed.ts";
import { CertificateFiles } from "./certificate-files.ts";

const pair = selfSigned("a.example");
/** A process of one of the proxies that share the folder, of whose processes some live. */
const owner = (pid: number, proxy = "one", ...alive: number[]) => ({
  proxy,
  pid,
  isAlive: (other: number) => alive.includes(other),
});
let folder: string;
let files: CertificateFiles;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cutover-certificates-"));
  files = new CertificateFiles(folder, owner(1));
});

test("what was written is read again, key and chain apart", async () => {
  await files.write("a.example", pair);
  const read = await files.read("a.example");
  expect(read?.certificate.trim()).toBe(pair.certificate.trim());
  expect(read?.privateKey.trim()).toBe(pair.privateKey.trim());
});

test("a certificate and its folder are for their owner only", async () => {
  await files.write("a.example", pair);
  expect((await stat(join(folder, "certificates", "a.example.pem"))).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, "certificates"))).mode & 0o777).toBe(0o700);
});

test("a half-written file is taken for none", async () => {
  await files.write("a.example", pair);
  await writeFile(join(folder, "certificates", "a.example.pem"), pair.certificate.slice(0, 100));
  expect(await files.read("a.example")).toBeNull();
});

test("an account's key is made once for each server", async () => {
  let made = 0;
  const make = async () => `key ${++made}`;
  expect(await files.accountKey("https://one/", make)).toBe("key 1");
  expect(await files.accountKey("https://two/", make)).toBe("key 2");
  expect(await new CertificateFiles(folder, owner(1)).accountKey("https://one/", make)).toBe("key 1");
  for (const file of await readdir(join(folder, "accounts"))) {
    expect((await stat(join(folder, "accounts", file))).mode & 0o777).toBe(0o600);
  }
});

test("only one at a time may order for a host", async () => {
  const release = await files.claim("a.example", Date.now());
  expect(await files.claim("a.example", Date.now())).toBeNull();
  await release?.();
  expect(await files.claim("a.example", Date.now())).not.toBeNull();
});

test("the claim of a process that died is void at once for the one that follows it, and for nobody else", async () => {
  await files.claim("a.example", Date.now());
  const other = new CertificateFiles(folder, owner(2, "two"));
  const beside = new CertificateFiles(folder, owner(2, "one", 1));
  const after = new CertificateFiles(folder, owner(2));
  for (const waits of [other, beside, after]) expect(await waits.claim("a.example", Date.now())).toBeNull();
  expect(await other.claim("a.example", Date.now())).not.toBeNull();
});

test("a container that was started again has its claim back, though its process has the same number", async () => {
  await files.claim("a.example", Date.now());
  const again = new CertificateFiles(folder, owner(1, "one", 1));
  expect(await again.claim("a.example", Date.now())).toBeNull();
  expect(await again.claim("a.example", Date.now())).not.toBeNull();
});

test("the claim of a proxy that died is void after a while", async () => {
  await files.claim("a.example", Date.now());
  const old = new Date(Date.now() - 600_000);
  await utimes(join(folder, "certificates", "a.example.ordering"), old, old);
  const other = new CertificateFiles(folder, owner(2, "two"));
  expect(await other.claim("a.example", Date.now())).toBeNull();
  expect(await other.claim("a.example", Date.now())).not.toBeNull();
});
