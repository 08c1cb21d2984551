import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { deployInVain, givenVersion1Serves, givenVersion2Committed } from "./given.ts";
import { sandbox } from "./sandbox.ts";

/** What puts each test's damage right again. */
const repairs: (() => Promise<unknown>)[] = [];

beforeAll(() => givenVersion1Serves(sandbox));
beforeEach(async () => {
  await sandbox.deployer.restoreApps();
  await givenVersion2Committed(sandbox);
});
afterEach(async () => {
  for (const repair of repairs.splice(0)) await repair();
});

test("a host whose SSH port is closed is named, and nothing is switched on the other", async () => {
  const vm2 = sandbox.vm(2);
  await vm2.run("iptables -I INPUT -p tcp --dport 22 -j REJECT --reject-with tcp-reset");
  repairs.push(() => vm2.run("iptables -D INPUT -p tcp --dport 22 -j REJECT --reject-with tcp-reset"));

  const { exitCode, output } = await deployInVain(sandbox);

  expect(exitCode, output).toBe(20);
  expect(output).toContain("vm2");
  expect(output).toMatch(/refuses/);
});

test("a host that does not exist is told from one that is down", async () => {
  await sandbox.deployer.run("sed -i 's/- vm2/- vm9/' config/deploy.yml");

  const { exitCode, output } = await deployInVain(sandbox);

  expect(exitCode, output).toBe(20);
  expect(output).toContain("vm9");
});

test("a host that refuses the key says which user and keys were tried", async () => {
  const vm2 = sandbox.vm(2);
  await vm2.run("mv /root/.ssh/authorized_keys /root/.ssh/authorized_keys.away");
  repairs.push(() => vm2.run("mv /root/.ssh/authorized_keys.away /root/.ssh/authorized_keys"));

  const { exitCode, output } = await deployInVain(sandbox);

  expect(exitCode, output).toBe(22);
  expect(output).toContain("vm2");
  expect(output).toContain("root");
});

test("a host with another key than the known one is refused, with both fingerprints", async () => {
  const known = "/root/.ssh/known_hosts";
  await sandbox.deployer.run(`cp ${known} ${known}.away`);
  repairs.push(() => sandbox.deployer.run(`mv ${known}.away ${known}`));
  await sandbox.deployer.run(
    `ssh-keygen -qt ed25519 -N '' -f /tmp/other-key <<< y > /dev/null; ` +
      `grep -v '^vm2' ${known}.away > ${known}; echo "vm2 $(cut -d' ' -f1,2 /tmp/other-key.pub)" >> ${known}`,
  );

  const { exitCode, output } = await deployInVain(sandbox);

  expect(exitCode, output).toBe(21);
  expect(output).toContain("vm2");
  expect(output.match(/SHA256:/g)?.length).toBeGreaterThanOrEqual(2);
});

test("a host that is not known is refused, with the command that would trust it", async () => {
  const known = "/root/.ssh/known_hosts";
  await sandbox.deployer.run(`cp ${known} ${known}.away && grep -v '^vm2' ${known}.away > ${known}`);
  repairs.push(() => sandbox.deployer.run(`mv ${known}.away ${known}`));

  const { exitCode, output } = await deployInVain(sandbox);

  expect(exitCode, output).toBe(21);
  expect(output).toContain("deploy trust vm2");
});

test("a host whose Docker engine is stopped is named", async () => {
  await sandbox.deployer.run("sed -i 's/^service: hello/service: other/' config/deploy.yml");
  await sandbox.vm(2).run("mv /var/run/docker.sock /var/run/docker.sock.away");
  repairs.push(() => sandbox.vm(2).run("mv /var/run/docker.sock.away /var/run/docker.sock"));

  const { exitCode, output } = await sandbox.deployer.run("deploy");

  expect(exitCode, output).toBe(32);
  expect(output).toContain("vm2");
});
