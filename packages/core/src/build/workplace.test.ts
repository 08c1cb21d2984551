import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openWorkplace } from "./workplace.ts";

const login = { server: "registry:4443", username: "deployer", password: "hidden" };

let home: string;
let env: Record<string, string>;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "workplace-test-"));
  env = { TMPDIR: join(home, "tmp") };
  await mkdir(join(home, "tmp"));
  await mkdir(join(home, ".docker/cli-plugins"), { recursive: true });
});
afterEach(() => rm(home, { recursive: true }));

test("keeps the login where nobody else may look", async () => {
  const workplace = await openWorkplace(login, env, home);
  const folder = workplace.env["DOCKER_CONFIG"] ?? "";
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, "config.json"))).mode & 0o777).toBe(0o600);
});

test("leaves nothing behind when it is closed", async () => {
  const workplace = await openWorkplace(login, env, home);
  await workplace.close();
  expect(await readdir(join(home, "tmp"))).toEqual([]);
});

test("keeps the user's plugins and contexts usable", async () => {
  await writeFile(join(home, ".docker/cli-plugins/docker-buildx"), "plugin");
  const workplace = await openWorkplace(login, env, home);
  const plugin = join(workplace.env["DOCKER_CONFIG"] ?? "", "cli-plugins/docker-buildx");
  expect(await readFile(plugin, "utf8")).toBe("plugin");
  await workplace.close();
  expect(existsSync(join(home, ".docker/cli-plugins/docker-buildx"))).toBe(true);
});

test("leaves builders with the user", async () => {
  expect((await openWorkplace(login, env, home)).env["BUILDX_CONFIG"]).toBe(join(home, ".docker/buildx"));
});

test("removes the login of a build that was killed", async () => {
  // No process has this number: Linux gives out at most 4,194,304.
  await mkdir(join(home, "tmp/cutover-build-4194999-abc"));
  const workplace = await openWorkplace(login, env, home);
  expect(await readdir(join(home, "tmp"))).toEqual([workplace.folder.split("/").at(-1)]);
});

test("leaves Docker's client as the user has it without a login", async () => {
  expect((await openWorkplace(null, env, home)).env).toEqual(env);
});

test("says that the user's own configuration cannot be read", async () => {
  await writeFile(join(home, ".docker/config.json"), "{");
  await expect(openWorkplace(login, env, home)).rejects.toMatchObject({ code: "BUILDER_MISSING" });
  expect(await readdir(join(home, "tmp"))).toEqual([]);
});
