import { gzipSync } from "node:zlib";
import { createCleartextMessage, generateKey, type PrivateKey, type PublicKey, sign } from "openpgp";
import { beforeAll, expect, test } from "vitest";
import { currentPackages, debianKeys, sha256Of } from "./debian-index.ts";

const libc = { name: "libc6", version: "2.41-13", path: "pool/libc6_2.41-13.deb", sha256: "ab".repeat(32) };
const index = gzipSync(
  [
    "Package: libc6-dev\nVersion: 9\nFilename: pool/dev.deb\nSHA256: 00\n",
    `Package: libc6\nVersion: ${libc.version}\nFilename: ${libc.path}\nSHA256: ${libc.sha256}\n`,
  ].join("\n"),
);

let theirs: { privateKey: PrivateKey; publicKey: PublicKey };
let others: typeof theirs;

beforeAll(async () => {
  const aKey = () => generateKey({ userIDs: [{ name: "Archive" }], format: "object" });
  [theirs, others] = await Promise.all([aKey(), aKey()]);
});

/** An archive of one package, signed by `signers`. */
const anArchive = async (signers: PrivateKey[], given: { release?: string; index?: Buffer } = {}) => {
  const hash = sha256Of(index);
  const hashes = `MD5Sum:\n 0 1 main/binary-arm64/Packages.gz\nSHA256:\n ${hash} 1 main/binary-arm64/Packages.gz\n`;
  const message = await createCleartextMessage({ text: `Origin: Debian\n${hashes}` });
  const signed = await sign({ message, signingKeys: signers });
  const files = new Map([
    ["dists/trixie/InRelease", Buffer.from(given.release ?? signed)],
    [`dists/trixie/main/binary-arm64/by-hash/SHA256/${hash}`, given.index ?? index],
  ]);
  return async (path: string) => files.get(path) ?? Promise.reject(new Error(`404: ${path}`));
};

test("the version that the archive has now is found, for an architecture that is not this machine's", async () => {
  const archive = await anArchive([theirs.privateKey]);
  expect(await currentPackages(archive, "arm64", ["libc6"], [theirs.publicKey])).toEqual([libc]);
});

test("one known signature among others is enough", async () => {
  const archive = await anArchive([others.privateKey, theirs.privateKey]);
  expect(await currentPackages(archive, "arm64", ["libc6"], [theirs.publicKey])).toHaveLength(1);
});

test("a list that somebody else signed is refused", async () => {
  const archive = await anArchive([others.privateKey]);
  await expect(currentPackages(archive, "arm64", ["libc6"], [theirs.publicKey])).rejects.toThrow(
    "not signed with a key of that release",
  );
});

test("a list that was changed after it was signed is refused", async () => {
  const release = (await (await anArchive([theirs.privateKey]))("dists/trixie/InRelease")).toString();
  const archive = await anArchive([theirs.privateKey], { release: release.replace("Debian", "Nobody") });
  await expect(currentPackages(archive, "arm64", ["libc6"], [theirs.publicKey])).rejects.toThrow(
    "not signed with a key of that release",
  );
});

test("an index that is not the one that was signed is refused", async () => {
  const archive = await anArchive([theirs.privateKey], { index: gzipSync("Package: libc6\n") });
  await expect(currentPackages(archive, "arm64", ["libc6"], [theirs.publicKey])).rejects.toThrow(
    "not what Debian signed",
  );
});

test("a package that the release does not have is named", async () => {
  const archive = await anArchive([theirs.privateKey]);
  await expect(currentPackages(archive, "arm64", ["libc7"], [theirs.publicKey])).rejects.toThrow("libc7");
});

test("Debian's keys can be read", async () => {
  const users = (await debianKeys()).flatMap((key) => key.getUserIDs());
  expect(users).toEqual([expect.stringContaining("13/trixie"), expect.stringContaining("13/trixie")]);
});
