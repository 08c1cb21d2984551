import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { givenVersion1Serves } from "./given.ts";
import { sandbox } from "./sandbox.ts";

beforeAll(() => givenVersion1Serves(sandbox));

/** A home with the key to log in and no known hosts, unless a test writes some. */
const home = "/tmp/trust-home";
beforeEach(() => sandbox.deployer.run(`mkdir -p ${home}/.ssh && cp /root/.ssh/id_ed25519 ${home}/.ssh/`));
afterEach(() => sandbox.deployer.run(`rm -rf ${home} .cutover/known_hosts`));

const deploy = (command: string) => sandbox.deployer.run(`deploy ${command}`, { env: { HOME: home } });

async function fingerprintOf(host: string): Promise<string> {
  const { stdout } = await sandbox.deployer.run(
    `ssh-keygen -l -f <(ssh-keygen -F ${host} -f /root/.ssh/known_hosts | tail -1)`,
  );
  return stdout.split(" ")[1] ?? "";
}

test("an unknown host's key is kept in the project, and the host can be reached from then on", async () => {
  expect((await deploy("details -h vm1")).exitCode).toBe(21);
  const trusted = await deploy(`trust vm1 --fingerprint ${await fingerprintOf("vm1")}`);
  expect(trusted.exitCode, trusted.output).toBe(0);
  const details = await deploy("details -h vm1");
  expect(details.exitCode, details.output).toBe(0);
});

test("another fingerprint than the one given is not trusted", async () => {
  const { exitCode, output } = await deploy(`trust vm1 --fingerprint ${await fingerprintOf("vm2")}`);
  expect(exitCode, output).toBe(21);
  expect((await sandbox.deployer.run("cat .cutover/known_hosts")).exitCode).not.toBe(0);
});

test("a key that has changed is told from one that is new, and can be trusted anew", async () => {
  await sandbox.deployer.run(`sed -n 's/^vm2 /vm1 /p' /root/.ssh/known_hosts > ${home}/.ssh/known_hosts`);
  const changed = await deploy("details -h vm1");
  expect(changed.exitCode, changed.output).toBe(21);
  expect((await deploy("trust vm1 --yes")).exitCode).toBe(0);
  expect((await deploy("details -h vm1")).exitCode).toBe(0);
});

test("nothing is asked where the host is trusted already", async () => {
  const { exitCode, output } = await sandbox.deployer.run("deploy trust vm1");
  expect(exitCode, output).toBe(0);
  expect(output).toContain("trusted already");
});
