import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fetched } from "./fetched.ts";
import { installed } from "./installed.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cutover-image-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function writePackage(at: string, version: string): Promise<void> {
  const place = join(at, "node_modules", "@cutover", "proxy-image-linux-amd64");
  await mkdir(place, { recursive: true });
  await writeFile(join(place, "package.json"), JSON.stringify({ version }));
}

/** Stands in for npm, which would need a registry that has our packages. It does what it is told, in shell. */
async function fakeNpm(script: string): Promise<Record<string, string>> {
  const bin = join(folder, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "npm"), `#!/bin/sh\n${script}\n`);
  await chmod(join(bin, "npm"), 0o755);
  return { PATH: `${bin}:${process.env["PATH"]}`, CUTOVER_CACHE: join(folder, "cache") };
}

const search = (env: Record<string, string>) => ({
  env,
  home: folder,
  version: "1.2.3",
  signal: new AbortController().signal,
});

const installs = `
prefix=$3
mkdir -p $prefix/node_modules/@cutover/proxy-image-linux-amd64
echo '{"version":"1.2.3"}' > $prefix/node_modules/@cutover/proxy-image-linux-amd64/package.json
`;

test("the package installed beside us is found", async () => {
  await writePackage(folder, "1.2.3");
  const from = pathToFileURL(join(folder, "node_modules", "cutover", "dist", "main.js")).href;
  await mkdir(dirname(new URL(from).pathname), { recursive: true });
  await expect(installed(from, "amd64", "1.2.3")).resolves.toBe(
    join(folder, "node_modules/@cutover/proxy-image-linux-amd64/image.tar.gz"),
  );
});

test("a package of another version, or none, is not taken", async () => {
  await writePackage(folder, "1.2.2");
  const from = pathToFileURL(join(folder, "main.js")).href;
  await expect(installed(from, "amd64", "1.2.3")).resolves.toBeNull();
  await expect(installed(from, "arm64", "1.2.3")).resolves.toBeNull();
});

test("npm brings the image to the cache, once", async () => {
  const env = await fakeNpm(`${installs} echo called >> ${folder}/calls`);
  const path = await fetched("amd64", search(env));
  expect(path).toContain(join(folder, "cache", "proxy-image", "1.2.3-amd64"));
  await expect(fetched("amd64", search({ ...env, PATH: "" }))).resolves.toBe(path);
});

test("a failing npm is told with what it said and with what to do, and leaves nothing", async () => {
  const env = await fakeNpm("echo 'npm error 404 Not Found' >&2; exit 1");
  await expect(fetched("amd64", search(env))).rejects.toMatchObject({
    code: "TRANSFER_FAILED",
    facts: {
      hint: "npm install --global @cutover/proxy-image-linux-amd64@1.2.3",
      details: ["npm error 404 Not Found"],
    },
  });
  expect(await readdir(join(folder, "cache", "proxy-image"))).toEqual([]);
});
