import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { type PublicKey, readCleartextMessage, readKey, verify } from "openpgp";
import type { Arch } from "./parts.ts";

/** A Debian package as the archive's index has it. */
export interface IndexedPackage {
  name: string;
  version: string;
  /** Its place in the archive. */
  path: string;
  sha256: string;
}

/** The release that the libraries are taken from. */
const RELEASE = "trixie";

/** Debian's keys of that release, from its package debian-archive-keyring. */
const keysFolder = fileURLToPath(new URL("./keys/", import.meta.url));

/** Gives the bytes of a file of the archive, by its path there. */
export type FetchFile = (path: string) => Promise<Buffer>;

/**
 * The packages of these names that Debian's archive has now, in the order of the names. Debian
 * removes a version from its archive when it replaces it, so none can be pinned; what is fixed are
 * the keys, which sign the list of hashes, which name the index, which names each package's hash.
 *
 * @param keys that one of the release's signatures has to be by
 * @throws Error when the signature or a hash does not hold, or there is no such package
 */
export async function currentPackages(
  fetchFile: FetchFile,
  arch: Arch,
  names: readonly string[],
  keys: readonly PublicKey[],
): Promise<IndexedPackage[]> {
  const release = await signedText((await fetchFile(`dists/${RELEASE}/InRelease`)).toString(), keys);
  const index = `main/binary-${arch}/Packages.gz`;
  const sha256 = hashOf(index, release);
  // By its hash, so that an archive that is just being updated gives what the release names.
  const bytes = await fetchFile(`dists/${RELEASE}/main/binary-${arch}/by-hash/SHA256/${sha256}`);
  if (sha256Of(bytes) !== sha256) throw new Error(`${index} is not what Debian signed`);
  const stanzas = gunzipSync(bytes).toString().split("\n\n");
  return names.map((name) => packageIn(stanzas, name));
}

/** Debian's own keys. */
export async function debianKeys(): Promise<PublicKey[]> {
  const names = await readdir(keysFolder);
  return Promise.all(
    names.map(async (name) => readKey({ armoredKey: await readFile(`${keysFolder}/${name}`, "utf8") })),
  );
}

export function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function signedText(text: string, keys: readonly PublicKey[]): Promise<string> {
  const message = await readCleartextMessage({ cleartextMessage: text });
  const { signatures, data } = await verify({ message, verificationKeys: [...keys] });
  // Debian signs with the keys of several releases; those that are not known here prove nothing.
  const good = await Promise.allSettled(signatures.map(({ verified }) => verified));
  if (!good.some(({ status }) => status === "fulfilled")) {
    throw new Error(`The list of Debian's ${RELEASE} is not signed with a key of that release`);
  }
  return data;
}

function hashOf(file: string, release: string): string {
  const section = release.slice(release.indexOf("\nSHA256:"));
  for (const line of section.split("\n")) {
    const [hash, , name] = line.trim().split(/\s+/);
    if (name === file && hash) return hash;
  }
  throw new Error(`Debian's ${RELEASE} has no ${file}`);
}

function packageIn(stanzas: readonly string[], name: string): IndexedPackage {
  const stanza = stanzas.find((text) => text.startsWith(`Package: ${name}\n`));
  const field = (key: string) => {
    const value = stanza?.match(new RegExp(`^${key}: (.*)$`, "m"))?.[1];
    if (value === undefined) throw new Error(`Debian's ${RELEASE} has no package ${name} with a ${key}`);
    return value;
  };
  return { name, version: field("Version"), path: field("Filename"), sha256: field("SHA256") };
}
