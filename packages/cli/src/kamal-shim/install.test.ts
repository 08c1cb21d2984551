import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { installShim } from "./install.ts";

let home: string;
let around: { cwd: string; home: string; env: { PATH: string }; program: string };

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "cutover-shim-"));
  await mkdir(join(home, "it's here"), { recursive: true });
  await mkdir(join(home, ".local/bin"), { recursive: true });
  const program = join(home, "it's here", "deploy");
  await writeFile(program, '#!/bin/sh\necho "deploy $*"\n');
  await chmod(program, 0o755);
  const PATH = ["/nowhere", join(home, ".local/bin"), "/usr/bin", "/bin"].join(delimiter);
  around = { cwd: home, home, env: { PATH }, program };
});
afterEach(() => rm(home, { recursive: true }));

const keep = { folder: null, existing: "keep" } as const;

test("kamal on the PATH is this command, with every word as it was, and help when alone", async () => {
  const { path, found } = await installShim(keep, around);
  expect({ path, found }).toEqual({
    path: join(home, ".local/bin/kamal"),
    found: join(home, ".local/bin/kamal"),
  });
  const kamal = (...words: string[]) => execFileSync(path, words, { env: around.env, encoding: "utf8" });
  expect(kamal("app", "exec", "a b")).toBe("deploy app exec a b\n");
  expect(kamal()).toBe("deploy --help\n");
});

test("it can be written anew, and a kamal that is not ours is kept unless it is said otherwise", async () => {
  await installShim(keep, around);
  await installShim(keep, around);
  const path = join(home, ".local/bin/kamal");
  await writeFile(path, "#!/usr/bin/env ruby\n");
  await expect(installShim(keep, around)).rejects.toMatchObject({ code: "USAGE" });
  expect(await readFile(path, "utf8")).toBe("#!/usr/bin/env ruby\n");
  await installShim({ ...keep, existing: "replace" }, around);
  expect(await readFile(path, "utf8")).toContain("install-kamal-shim");
});

test("another kamal that the PATH has before it is said", async () => {
  const other = join(home, "first");
  await mkdir(other);
  await writeFile(join(other, "kamal"), "");
  await chmod(join(other, "kamal"), 0o755);
  around.env.PATH = [other, around.env.PATH].join(delimiter);
  expect((await installShim(keep, around)).found).toBe(join(other, "kamal"));
});

test("a folder that is off the PATH is said, and no folder at all is refused with what to do", async () => {
  const to = { ...keep, folder: "~/tools" };
  expect(await installShim(to, around)).toEqual({ path: join(home, "tools/kamal"), found: null });
  await expect(installShim(keep, { ...around, env: { PATH: "/nowhere" } })).rejects.toMatchObject({
    code: "USAGE",
    facts: { hint: expect.stringContaining("--to") },
  });
});
