import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { npmPack } from "./npm-pack.ts";
import { root } from "./places.ts";

const proxy = join(root, "packages", "proxy");

/**
 * Makes the proxy's image for each architecture and packs it as a package of its own.
 *
 * @returns the paths of the tarballs
 */
export async function packProxyImages(): Promise<string[]> {
  await promisify(execFile)(process.execPath, [join(proxy, "build", "image.ts")], { cwd: proxy });
  const folders = ["amd64", "arm64"].map((arch) => join(proxy, "dist", "npm", `linux-${arch}`));
  return Promise.all(folders.map(npmPack));
}
