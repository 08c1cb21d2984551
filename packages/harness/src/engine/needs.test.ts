import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lackingOf, type Needs } from "./needs.ts";

const NOTHING: Needs = { programs: [], linked: [], plugins: [] };
const { signal } = new AbortController();

let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "needs-"));
  env = { PATH: ["/nowhere", folder].join(":"), DOCKER_CONFIG: join(folder, "config") };
});
afterEach(() => rm(folder, { recursive: true }));

const program = async (name: string, script: string) => {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
};

describe("lackingOf", () => {
  test("a program on the PATH is there", async () => {
    await program("dockerd", "exit 1");
    expect(await lackingOf({ ...NOTHING, programs: ["dockerd"] }, env, signal)).toEqual([]);
  });

  test("a program that the system had when the set was made, and has no more, is lacking", async () => {
    const needs = { ...NOTHING, programs: ["no-such-dockerd"], linked: ["no-such-runc"] };
    expect(await lackingOf(needs, env, signal)).toEqual([
      "no-such-dockerd is not found",
      "no-such-runc is not found",
    ]);
  });

  test("a link to a program that was removed does not count as the program", async () => {
    await symlink("/nowhere/iptables-nft", join(folder, "some-iptables"));
    expect(await lackingOf({ ...NOTHING, programs: ["some-iptables"] }, env, signal)).toEqual([
      "some-iptables is not found",
    ]);
  });

  test("a file that cannot be executed is no program", async () => {
    await writeFile(join(folder, "half-written"), "");
    expect(await lackingOf({ ...NOTHING, programs: ["half-written"] }, env, signal)).toHaveLength(1);
  });

  test("a program whose libraries have gone is lacking, and says which", async () => {
    await program(
      "iptables",
      "echo 'error while loading shared libraries: libnftnl.so.11: cannot open' >&2; exit 127",
    );
    expect(await lackingOf({ ...NOTHING, linked: ["iptables"] }, env, signal)).toEqual([
      "iptables does not start (error while loading shared libraries: libnftnl.so.11: cannot open)",
    ]);
  });

  test("a program that starts is enough, whatever it says", async () => {
    await program("runc", '[ "$*" = --version ] && echo 1.1.5');
    expect(await lackingOf({ ...NOTHING, linked: ["runc"] }, env, signal)).toEqual([]);
  });

  test("a plugin is looked for beside the docker command's settings", async () => {
    const needs = { ...NOTHING, plugins: ["docker-sunshine"] };
    expect(await lackingOf(needs, env, signal)).toEqual(["docker-sunshine is not found"]);
    await program("docker-sunshine", "");
    await mkdir(join(folder, "config", "cli-plugins"), { recursive: true });
    await symlink(join(folder, "docker-sunshine"), join(folder, "config", "cli-plugins", "docker-sunshine"));
    expect(await lackingOf(needs, env, signal)).toEqual([]);
  });
});
