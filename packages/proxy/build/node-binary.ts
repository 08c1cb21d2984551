import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { withoutSymbols } from "./elf.ts";
import { type Arch, nodePackages, nodeVersion } from "./parts.ts";
import { readTar } from "./tar.ts";

/**
 * The Node binary of an architecture, without symbols, and its licence.
 *
 * @throws Error when the package can't be had or is not the one that was pinned
 */
export async function nodeFiles(arch: Arch): Promise<{ binary: Buffer; licence: Buffer }> {
  const { name, integrity } = nodePackages[arch];
  const tarball = await packed(`${name}@${nodeVersion}`);
  const found = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
  if (found !== integrity) throw new Error(`${name}@${nodeVersion} is not the package that was pinned`);
  const files = await readTar(gunzipSync(tarball), ["package/bin/node", "package/LICENSE"]);
  return { binary: withoutSymbols(files[0] as Buffer), licence: files[1] as Buffer };
}

/** A package as npm's own client fetches it, through the user's registry and proxy settings. */
async function packed(spec: string): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), "cutover-node-"));
  try {
    await promisify(execFile)("npm", ["pack", "--silent", "--pack-destination", directory, spec]);
    const [file = ""] = await readdir(directory);
    return await readFile(join(directory, file));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
