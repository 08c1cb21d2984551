import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lookUp } from "./look-up.ts";
import { readSshConfig } from "./read.ts";

let home: string;
const anna = { localUser: "anna", user: null };

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "cutover-home-"));
  await mkdir(join(home, ".ssh/conf.d"), { recursive: true });
});
afterEach(() => rm(home, { recursive: true }));

const given = (name: string, text: string) => writeFile(join(home, name), text);

test("the user's file is read with all that it includes", async () => {
  await given(".ssh/config", "Include conf.d/*\nHost web1\n  Port 1\n  HostName last\n");
  await given(".ssh/conf.d/a", "Host web1\r\n  Port 2\r\n");
  await given(".ssh/conf.d/b", "Host web1\n  Port 3\n  User b\n");
  const entries = await readSshConfig("default", { home, cwd: home });
  expect(lookUp(entries, "web1", anna)).toMatchObject({ port: 2, user: "b", hostName: "last" });
});

test("no file is read where none is wanted, and only those that are named", async () => {
  await given(".ssh/config", "Host web1\n  Port 1\n");
  await given("own", "Host web1\n  Port 2\n");
  expect(await readSshConfig("none", { home, cwd: home })).toEqual([]);
  const entries = await readSshConfig(["own"], { home, cwd: home });
  expect(lookUp(entries, "web1", anna).port).toBe(2);
});

test("a named file that is missing, and files that include each other, are refused", async () => {
  await expect(readSshConfig(["gone"], { home, cwd: home })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    facts: { cause: expect.stringContaining("gone") },
  });
  await given(".ssh/config", "Include config\n");
  await expect(readSshConfig("default", { home, cwd: home })).rejects.toMatchObject({
    facts: { cause: expect.stringContaining("nested too deeply") },
  });
});
