import { afterAll, beforeAll, expect, test } from "vitest";
import { givenVersion1Serves } from "./given.ts";
import { sandbox } from "./sandbox.ts";

beforeAll(() => givenVersion1Serves(sandbox));
afterAll(() => sandbox.deployer.restoreApps());

test("a person on a host asks its proxy by name", async () => {
  const { exitCode, output } = await sandbox.vm(1).run("docker exec cutover-proxy cutover-proxy list");
  expect(exitCode, output).toBe(0);
  expect(output).toContain("hello-web");
});

test("a host that cannot be reached is told of beside those that can, and they are not all", async () => {
  await sandbox.deployer.run("sed -i 's/^  - vm2/  - vm2\\n  - no-such-host/' config/deploy.yml");
  const { exitCode, output } = await sandbox.deployer.run("deploy details");
  expect(exitCode, output).toBe(20);
  expect(output).toMatch(/vm1 .*proxy .* running\n {2}serving {2}web/);
  expect(output).toMatch(/no-such-host .*no address is known/i);
});

test("where none can be reached it fails", async () => {
  const { exitCode, output } = await sandbox.deployer.run("deploy details -h no-such-host");
  expect(exitCode, output).toBe(20);
});

test("hosts and roles can be chosen by pattern, and a typo is named", async () => {
  const chosen = await sandbox.deployer.run("deploy details -h 'vm[2]' -r 'w*'");
  expect(chosen.stdout).toContain("hello on vm2");
  expect(chosen.stdout).not.toContain("vm1");
  const typo = await sandbox.deployer.run("deploy details -h vn1");
  expect(typo.exitCode, typo.output).toBe(2);
  expect(typo.output).toContain("did you mean vm1?");
});

test("the configuration is shown without the password", async () => {
  await sandbox.deployer.run(
    "sed -zi 's/password:\\n *- REGISTRY_PASSWORD/password: plain-horse/' config/deploy.yml",
  );
  const { exitCode, output } = await sandbox.deployer.run("deploy config");
  expect(exitCode, output).toBe(0);
  expect(output).toContain('password: "[REDACTED]"');
  expect(output).not.toContain("plain-horse");
});
