import { afterEach, beforeAll, expect, test } from "vitest";
import { commitHello } from "../../packages/harness/src/apps/hello.ts";
import type { Fault } from "../../packages/harness/src/faults/fault.ts";
import { cutOff } from "../../packages/harness/src/faults/network.ts";
import { fleetOf, givenVersion1, versionsServed } from "../given.ts";
import { sandbox } from "../sandbox.ts";

const faults: Fault[] = [];

beforeAll(() => givenVersion1(sandbox));
afterEach(async () => {
  for (const fault of faults.splice(0)) await fault.heal();
});

/** Starts a deploy of a version that is never healthy, and resolves once both hosts wait for it. */
async function deployThatWaits() {
  await sandbox.deployer.run("echo 'deploy_timeout: 90' >> config/deploy.yml");
  await commitHello(sandbox.deployer, { version: "2", health: "still starting" });
  let output = "";
  let waiting = () => {};
  const bothWait = new Promise<void>((resolve) => {
    waiting = resolve;
  });
  const ended = sandbox.deployer.run("deploy", {
    onOutput(text) {
      output += text;
      if (/vm1 .*✓ start hello-web/.test(output) && /vm2 .*✓ start hello-web/.test(output)) waiting();
    },
  });
  await Promise.race([bothWait, ended]);
  return { ended };
}

/** Deploys as soon as the lock of a client that could not free it has run out. */
async function deployWhenFree() {
  for (;;) {
    const ran = await sandbox.deployer.run("deploy");
    if (ran.exitCode !== 10) return ran;
  }
}

test("a host that is cut off during its gate is named, the others are put back, and the next deploy clears up", async () => {
  const before = await fleetOf(sandbox);
  const { ended } = await deployThatWaits();
  const fault = await cutOff(sandbox.vm(2));
  faults.push(fault);

  const { exitCode, output } = await ended;
  expect(exitCode, output).toBe(20);
  expect(output).toContain("vm2: left as it is, for want of a connection");
  expect((await fleetOf(sandbox))["vm1"]).toEqual(before["vm1"]);

  await fault.heal();
  expect(await versionsServed(sandbox)).toEqual(["1", "1"]);
  await commitHello(sandbox.deployer, { version: "3" });
  const next = await deployWhenFree();
  expect(next.exitCode, next.output).toBe(0);
  expect(await versionsServed(sandbox)).toEqual(["3", "3"]);
  const releases = await sandbox.vm(2).run("ls /var/lib/cutover/apps/hello/releases | wc -l");
  expect(releases.stdout.trim()).toBe("2");
  expect((await fleetOf(sandbox))["vm2"]).toHaveLength(3);
});
