import { basename } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { extract, type Header, pack } from "tar-stream";

/**
 * Reads files out of a tar, by their whole path or by their name alone. A symbolic link stands for
 * the file it names in the same tar.
 *
 * @throws Error naming the first that is not there
 */
export async function readTar(tar: Buffer, wanted: readonly string[]): Promise<Buffer[]> {
  const files = new Map<string, Buffer>();
  const links = new Map<string, string>();
  const reader = Readable.from([tar]).pipe(extract());
  for await (const entry of reader) {
    const { name, type, linkname } = entry.header as Header;
    const path = name.replace(/^\.\//, "");
    if (type === "symlink" && typeof linkname === "string") links.set(basename(path), basename(linkname));
    const bytes = await buffer(entry);
    if (type !== "file") continue;
    files.set(path, bytes);
    files.set(basename(path), bytes);
  }
  return wanted.map((name) => {
    const found = files.get(name) ?? files.get(links.get(name) ?? "");
    if (found === undefined) throw new Error(`${name} is not in the archive`);
    return found;
  });
}

/** A file, folder or symbolic link to be written. */
export interface TarEntry {
  path: string;
  /** Null for a folder, and for a link. */
  bytes: Buffer | null;
  /** What a symbolic link stands for. */
  linkTo?: string;
  mode: number;
  /** User and group; root unless given. */
  owner?: number;
}

/** Files, folders and links as a tar that is the same, byte for byte, whenever and wherever it is made. */
export async function writeTar(
  entries: readonly TarEntry[],
  end: "closed" | "open" = "closed",
): Promise<Buffer> {
  const writer = pack();
  const whole = buffer(writer);
  for (const { path, bytes, linkTo, mode, owner = 0 } of entries) {
    const common = { name: path, mode, uid: owner, gid: owner, mtime: new Date(0) };
    if (linkTo !== undefined) writer.entry({ ...common, type: "symlink", linkname: linkTo });
    else if (bytes === null) writer.entry({ ...common, type: "directory" });
    else writer.entry({ ...common, size: bytes.length }, bytes);
  }
  writer.finalize();
  const tar = await whole;
  // A tar ends with two empty blocks; one that another is appended to must not have them.
  return end === "closed" ? tar : tar.subarray(0, tar.length - 1024);
}
