import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { BootRecord, programIn } from "./program.ts";

let folder: string;

const named = (name: string) => () => Promise.resolve(name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cutover-program-"));
});

test("what boots is remembered", async () => {
  await new BootRecord(folder).write("/opt/cutover-proxy/2", "image-1");
  expect(await new BootRecord(folder).read(named("image-1"))).toBe("/opt/cutover-proxy/2");
});

test("another image than the one it was written under boots its own program", async () => {
  await new BootRecord(folder).write("/opt/cutover-proxy/2", "image-1");
  expect(await new BootRecord(folder).read(named("image-3"))).toBeNull();
});

test.each(["", "{", "null", '{"folder":7,"over":"image-1"}'])(
  "a record that reads %j boots the image's own",
  async (text) => {
    await writeFile(join(folder, "program.json"), text);
    expect(await new BootRecord(folder).read(named("image-1"))).toBeNull();
  },
);

test("a program that others than its owner may write is refused", async () => {
  for (const name of ["node", "cutover-proxy.js"]) await writeFile(join(folder, name), "");
  await chmod(folder, 0o777);
  await expect(programIn(folder)).rejects.toThrow("may be written by others");
});

test("a program is named by a whole path, and is there", async () => {
  await expect(programIn("programs/2")).rejects.toThrow("no absolute path");
  await expect(programIn(join(folder, "missing"))).rejects.toThrow("ENOENT");
});
