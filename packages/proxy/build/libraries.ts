import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import xz from "xz-decompress";
import { currentPackages, debianKeys, type IndexedPackage, sha256Of } from "./debian-index.ts";
import { type Arch, type LibraryPackage, libraryFolders, libraryPackages } from "./parts.ts";
import { readTar, type TarEntry } from "./tar.ts";

/** Shared libraries, and what they came from. */
export interface Libraries {
  entries: TarEntry[];
  /** `libc6 2.41-12+deb13u5`, and so on. */
  versions: string[];
}

/**
 * The shared libraries that the Node binary of an architecture loads, where it looks for them.
 *
 * @param mirror of Debian's archive; what comes from it is checked against what Debian signed
 * @throws Error when a package can't be had or is not the one that the archive's index names
 */
export async function librariesOf(arch: Arch, mirror: string): Promise<Libraries> {
  const fetchFile = (path: string) => fetchFrom(mirror, path);
  const wanted = libraryPackages[arch];
  const names = wanted.map(({ name }) => name);
  const found = await currentPackages(fetchFile, arch, names, await debianKeys());
  const files = await Promise.all(
    found.map(async (indexed, index) => unpack(await fetchFile(indexed.path), indexed, wanted[index])),
  );
  const { loader, rest } = libraryFolders[arch];
  return {
    entries: files.flat().map(({ name, bytes }) => {
      const folder = name.startsWith("ld-linux") ? loader : rest;
      return { path: `${folder}/${name}`, bytes, mode: 0o755 };
    }),
    versions: found.map(({ name, version }) => `${name} ${version}`),
  };
}

async function fetchFrom(mirror: string, path: string): Promise<Buffer> {
  const url = `${mirror}/${path}`;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

async function unpack(
  deb: Buffer,
  indexed: IndexedPackage,
  wanted: LibraryPackage | undefined,
): Promise<{ name: string; bytes: Buffer }[]> {
  if (sha256Of(deb) !== indexed.sha256)
    throw new Error(`${indexed.path} is not the package that Debian signed`);
  const names = wanted?.files ?? [];
  const files = await readTar(await dataOf(deb), names);
  return files.map((bytes, index) => ({ name: names[index] as string, bytes }));
}

/** The files of a Debian package: its third `ar` member, `data.tar.xz`. */
async function dataOf(deb: Buffer): Promise<Buffer> {
  let offset = "!<arch>\n".length;
  while (offset < deb.length) {
    const header = deb.subarray(offset, offset + 60).toString("latin1");
    const size = Number.parseInt(header.slice(48, 58), 10);
    const start = offset + 60;
    if (header.startsWith("data.tar.xz")) return decompress(deb.subarray(start, start + size));
    // Members begin on even offsets.
    offset = start + size + (size % 2);
  }
  throw new Error("a Debian package without data.tar.xz");
}

function decompress(bytes: Buffer): Promise<Buffer> {
  const stream = Readable.toWeb(Readable.from([bytes])) as ReadableStream<Uint8Array>;
  return buffer(Readable.fromWeb(new xz.XzReadableStream(stream) as never));
}
