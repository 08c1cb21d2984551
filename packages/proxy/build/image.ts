import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { proxyVersion } from "../src/version.ts";
import { basePart, imagePart, type Layer, layerOf } from "./archive.ts";
import { baseLayer } from "./base-layer.ts";
import { programFiles } from "./bundle.ts";
import { cacheDirectory, cached, readIfThere } from "./cache.ts";
import { debianMirror } from "./mirror.ts";
import { type Arch, arches } from "./parts.ts";
import { writeTar } from "./tar.ts";

/*
 * Makes the proxy's image for both architectures, without any Docker engine, as packages that npm
 * can pack: `dist/npm/linux-<arch>/{package.json,image.tar.gz}`. What has not changed is not made again.
 */

const output = fileURLToPath(new URL("../dist/npm/", import.meta.url));
const partsFile = fileURLToPath(new URL("./parts.ts", import.meta.url));

const app = layerOf(await appLayer());
for (const arch of arches) {
  const made = await makeImage(arch, app);
  process.stdout.write(`${JSON.stringify({ arch, ...made })}\n`);
}

async function appLayer(): Promise<Buffer> {
  const files = await programFiles();
  return writeTar([
    { path: "app", bytes: null, mode: 0o755 },
    ...files.map(({ name, bytes, mode = 0o644 }) => ({ path: `app/${name}`, bytes, mode })),
    { path: "bin/cutover-proxy", bytes: null, linkTo: "/app/cutover-proxy.js", mode: 0o777 },
  ]);
}

async function makeImage(arch: Arch, app: Layer): Promise<{ path: string; made: boolean; bytes: number }> {
  const folder = join(output, `linux-${arch}`);
  const path = join(folder, "image.tar.gz");
  const base = await keptBase(arch);
  const inputs = `${base.layer.sha256} ${app.sha256} ${proxyVersion}\n`;
  const kept = await readIfThere(path);
  if (kept !== null && (await readIfThere(join(folder, "inputs")))?.toString() === inputs) {
    return { path, made: false, bytes: kept.length };
  }
  const rest = await imagePart(base.layer, app, arch, `cutover-proxy:${proxyVersion}`);
  const archive = Buffer.concat([base.part, rest]);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), packageJson(arch));
  await writeFile(`${path}.new`, archive);
  await rename(`${path}.new`, path);
  await writeFile(join(folder, "inputs"), inputs);
  return { path, made: true, bytes: archive.length };
}

/** The base layer and its compressed part, from the cache unless what they are made of has changed. */
async function keptBase(arch: Arch): Promise<{ layer: Layer; part: Buffer }> {
  const recipe = createHash("sha256").update(await readFile(partsFile));
  for (const file of ["base-layer.ts", "debian-index.ts", "elf.ts", "libraries.ts", "tar.ts"]) {
    recipe.update(await readFile(fileURLToPath(new URL(`./${file}`, import.meta.url))));
  }
  const stem = join(
    cacheDirectory(process.env),
    "proxy-image",
    `${arch}-${recipe.digest("hex").slice(0, 16)}`,
  );
  const layer = layerOf(
    await cached(`${stem}.tar`, async () => baseLayer(arch, await debianMirror(process.env))),
  );
  return { layer, part: await cached(`${stem}.part.gz`, () => basePart(layer)) };
}

function packageJson(arch: Arch): string {
  const content = {
    name: `@cutover/proxy-image-linux-${arch}`,
    version: proxyVersion,
    description: `The image of Cutover's proxy for linux/${arch}`,
    license: "MIT",
    files: ["image.tar.gz"],
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
