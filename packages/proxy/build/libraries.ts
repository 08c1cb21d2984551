import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import xz from "xz-decompress";
import { type Arch, type LibraryPackage, libraryFolders, libraryPackages } from "./parts.ts";
import { readTar, type TarEntry } from "./tar.ts";

/**
 * The shared libraries that the Node binary of an architecture loads, where it looks for them.
 *
 * @param mirror of Debian's archive; what comes from it is checked against pinned hashes
 * @throws Error when a package can't be had or is not the one that was pinned
 */
export async function libraryEntries(arch: Arch, mirror: string): Promise<TarEntry[]> {
  const packages = await Promise.all(libraryPackages[arch].map((wanted) => unpack(wanted, mirror)));
  const { loader, rest } = libraryFolders[arch];
  return packages.flat().map(({ name, bytes }) => {
    const folder = name.startsWith("ld-linux") ? loader : rest;
    return { path: `${folder}/${name}`, bytes, mode: 0o755 };
  });
}

async function unpack(wanted: LibraryPackage, mirror: string): Promise<{ name: string; bytes: Buffer }[]> {
  const url = `${mirror}/${wanted.path}`;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const deb = Buffer.from(await response.arrayBuffer());
  const sha256 = createHash("sha256").update(deb).digest("hex");
  if (sha256 !== wanted.sha256) throw new Error(`${url} is not the package that was pinned`);
  const files = await readTar(await dataOf(deb), wanted.files);
  return files.map((bytes, index) => ({ name: wanted.files[index] as string, bytes }));
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
