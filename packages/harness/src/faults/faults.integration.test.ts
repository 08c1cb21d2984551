import { afterEach, beforeAll, describe, expect } from "vitest";
import { test } from "../vitest/sandbox-test.ts";
import { workerSandbox } from "../vitest/worker-sandbox.ts";
import { fillDockersDisk } from "./disk.ts";
import { killEngine, stopEngine } from "./engine.ts";
import type { Fault } from "./fault.ts";
import { freeze, powerOff } from "./machine.ts";
import { cutOff, refusePort } from "./network.ts";

const faults: Fault[] = [];
const made = (fault: Fault) => faults.push(fault);

/** The exit code of ssh when it could not connect. */
const NO_CONNECTION = 255;
const sshToVm2 = "ssh -o BatchMode=yes -o ConnectTimeout=1 vm2 true";

beforeAll(async () => (await workerSandbox()).clear());
afterEach(async () => {
  for (const fault of faults.splice(0)) await fault.heal();
});

describe("a fault can be seen, and is gone when healed", () => {
  test("a machine that is cut off gives no answer", async ({ sandbox }) => {
    const fault = await cutOff(sandbox.vm(2));
    made(fault);
    const ran = await sandbox.deployer.run(sshToVm2);
    expect(ran.exitCode).toBe(NO_CONNECTION);
    expect(ran.output).toContain("timed out");
    await fault.heal();
    expect((await sandbox.deployer.run(sshToVm2)).exitCode).toBe(0);
  });

  test("a port that refuses does so at once", async ({ sandbox }) => {
    made(await refusePort(sandbox.vm(2), 22));
    expect((await sandbox.deployer.run(sshToVm2)).output).toContain("refused");
  });

  test("a frozen machine keeps its connections and says nothing", async ({ sandbox }) => {
    const fault = await freeze(sandbox.vm(2));
    made(fault);
    expect((await sandbox.deployer.run(sshToVm2)).exitCode).toBe(NO_CONNECTION);
    await fault.heal();
    expect((await sandbox.deployer.run(sshToVm2)).exitCode).toBe(0);
  });

  test.each([
    ["stopped", stopEngine],
    ["killed", killEngine],
  ])("a %s engine does not answer until it is started again", async (_how, breakIt) => {
    const { vms } = await workerSandbox();
    const fault = await breakIt(vms[1]);
    made(fault);
    expect((await vms[1].run("docker version")).exitCode).not.toBe(0);
    await fault.heal();
    expect((await vms[1].run("docker version")).exitCode).toBe(0);
  });

  test("a full disk refuses what does not fit", async ({ sandbox }) => {
    made(await fillDockersDisk(sandbox.vm(2), 100));
    const ran = await sandbox.vm(2).run("head -c 1M /dev/zero > /var/lib/docker/does-not-fit");
    expect(ran.output).toContain("No space left on device");
    await sandbox.vm(2).run("rm -f /var/lib/docker/does-not-fit");
  });

  test("a VM without power boots again, with nothing on it", async ({ sandbox }) => {
    const fault = await powerOff(sandbox.vm(2));
    expect((await sandbox.deployer.run(sshToVm2)).exitCode).toBe(NO_CONNECTION);
    await fault.heal();
    expect((await sandbox.deployer.run(sshToVm2)).exitCode).toBe(0);
    expect((await sandbox.vm(2).run("docker ps --quiet")).stdout).toBe("");
  });
});
