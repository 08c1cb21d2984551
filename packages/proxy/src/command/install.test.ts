import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { installProgram } from "./install.ts";

let folder: string;
let place: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cutover-install-"));
  place = join(folder, "programs");
});

/** A program of that code, loaded by what is started. Its binary is not run, so any bytes do. */
async function aProgram(code: string) {
  const app = join(folder, "app");
  await mkdir(app, { recursive: true });
  await writeFile(join(folder, "node"), "binary");
  await writeFile(join(app, "cutover-proxy.js"), 'import "./proxy.js"');
  await writeFile(join(app, "proxy.js"), code);
  await writeFile(join(app, "package.json"), '{"type":"module"}');
  await writeFile(join(app, "notes.txt"), "no part of it");
  return { node: join(folder, "node"), main: join(app, "cutover-proxy.js") };
}

test("a program is installed whole, and only its owner can write it", async () => {
  const installed = await installProgram(place, await aProgram("one"));
  expect((await readdir(installed)).sort()).toEqual(["cutover-proxy.js", "node", "package.json", "proxy.js"]);
  expect(await readFile(join(installed, "proxy.js"), "utf8")).toBe("one");
  expect(await readFile(join(installed, "node"), "utf8")).toBe("binary");
  for (const name of [".", "node", "cutover-proxy.js", "proxy.js"]) {
    expect((await stat(join(installed, name))).mode & 0o022).toBe(0);
  }
});

test("the same program again is the same folder, other code another", async () => {
  const one = await installProgram(place, await aProgram("one"));
  expect(await installProgram(place, await aProgram("one"))).toBe(one);
  expect(await installProgram(place, await aProgram("two"))).not.toBe(one);
});

test("beside the new program the one before it stays, and what an interrupted copy left goes", async () => {
  await installProgram(place, await aProgram("one"));
  const two = await installProgram(place, await aProgram("two"));
  const three = await installProgram(place, await aProgram("three"));
  expect((await readdir(place)).map((name) => join(place, name)).sort()).toEqual([two, three].sort());
});
