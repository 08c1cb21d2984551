import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DEFAULT_APP } from "../packages/harness/src/sandbox/sandbox.ts";
import type { Traffic } from "../packages/harness/src/traffic/traffic.ts";
import { givenVersion1Serves, leftOnHosts } from "./given.ts";
import { sandbox } from "./sandbox.ts";

const CONFIG = `${DEFAULT_APP}/config/deploy.yml`;

let before: unknown;
let traffic: Traffic;

beforeAll(async () => {
  await givenVersion1Serves(sandbox);
  before = await leftOnHosts(sandbox);
  traffic = sandbox.traffic.start({ perSecond: 50, versions: ["1"] });
});
beforeEach(() => sandbox.deployer.restoreApps());
afterAll(async () => {
  await traffic.stop();
});

/** Deploys with the configuration changed by `sed`, without committing it, which must end with 2. */
async function refusedWith(change: string): Promise<string> {
  await sandbox.deployer.run(`sed -i '${change}' ${CONFIG}`);
  return refused();
}

async function refused(): Promise<string> {
  const { exitCode, output } = await sandbox.deployer.run("deploy");
  expect(exitCode, output).toBe(2);
  return output;
}

test("without a configuration file it says where one was expected and what would make one", async () => {
  await sandbox.deployer.run(`rm ${CONFIG}`);
  expect(await refused()).toContain("config/deploy.yml");
});

test("an empty configuration file is refused", async () => {
  await sandbox.deployer.write(CONFIG, "");
  expect(await refused()).toMatch(/config\/deploy\.yml.*empty/);
});

test("what is not YAML is refused at its line and column", async () => {
  await sandbox.deployer.write(CONFIG, "service: hello\nimage: [hello\n");
  expect(await refused()).toMatch(/config\/deploy\.yml:\d+:\d+/);
});

test("a tab is named as such, with its line", async () => {
  const output = await refusedWith("s/^  - vm2/\\t- vm2/");
  expect(output).toMatch(/config\/deploy\.yml:6:\d+/);
  expect(output).toMatch(/tab/i);
});

test("a typo in a key is refused with its place and the nearest key", async () => {
  const output = await refusedWith("s/^servers:/sevrers:/");
  expect(output).toContain("config/deploy.yml:4:1");
  expect(output).toContain("sevrers");
  expect(output).toMatch(/servers\b/);
});

test("a value of the wrong type is refused with its place", async () => {
  const output = await refusedWith("s/app_port: 3000/app_port: three/");
  expect(output).toMatch(/config\/deploy\.yml:15:\d+/);
  expect(output).toContain("app_port");
});

test("a host that is listed twice is refused by name", async () => {
  const output = await refusedWith("s/^  - vm2/  - vm1/");
  expect(output).toMatch(/config\/deploy\.yml:6:\d+/);
  expect(output).toMatch(/vm1.*twice/);
});

test("a missing secret is named before anything is done", async () => {
  await sandbox.deployer.run("sed -i /SESSION_KEY/d .cutover/secrets");
  const { exitCode, output } = await sandbox.deployer.run("deploy");
  expect(exitCode, output).toBe(40);
  expect(output).toContain("SESSION_KEY");
});

test("a folder that is no git repository is refused with what to do", async () => {
  await sandbox.deployer.run("mv .git /tmp/the-repository");
  const output = await refused();
  expect(output).toMatch(/git/);
  expect(output).toMatch(/git init|--version/);
});

test("a word that is no command is never taken for a deploy", async () => {
  const { exitCode, output } = await sandbox.deployer.run("deploy rolback");
  expect(exitCode, output).toBe(2);
  expect(output).toContain("rollback");
});

test("none of these touched a host or cost a request", async () => {
  await traffic.answers(1);
  expect((await traffic.stop()).failures).toEqual([]);
  expect(await leftOnHosts(sandbox)).toEqual(before);
});
