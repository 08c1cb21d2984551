import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { commitAll } from "../packages/harness/src/apps/hello.ts";
import type { Vm } from "../packages/harness/src/sandbox/sandbox.ts";
import { deployInVain, fleetOf, givenVersion1Serves } from "./given.ts";
import { sandbox } from "./sandbox.ts";

/** What puts each test's damage right again. */
const repairs: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const repair of repairs.splice(0)) await repair();
});

/** Makes an image of `sleep` and what it needs, from the VM's own files: there is nothing to pull. */
const makeIdleImage =
  'tar -ch -C / usr/bin/sleep $(ldd /usr/bin/sleep | grep -o "/[^ ]*" | cut -c2-) | docker import - idle';

async function mustRun(vm: Vm, command: string): Promise<void> {
  const ran = await vm.run(command);
  expect(ran, ran.output).toMatchObject({ exitCode: 0 });
}

describe("port 80 is taken on one of the hosts", () => {
  beforeAll(() => sandbox.clear());

  test.each(["kamal-proxy", "nginx"])("by a container called %s, which is named", async (name) => {
    await mustRun(sandbox.vm(1), `${makeIdleImage} && docker run -d --name ${name} -p 80:80 idle sleep 600`);
    repairs.push(() => sandbox.vm(1).run(`docker rm --force ${name}`));

    const { exitCode, output } = await sandbox.deployer.run("deploy setup");

    expect(exitCode, output).toBe(32);
    expect(output).toMatch(/vm1/);
    expect(output).toMatch(/\b80\b/);
    expect(output).toContain(name);
    expect(await fleetOf(sandbox)).toEqual({ vm1: [`${name} running`], vm2: [] });
  });

  test("by a process, which is named", async () => {
    const vm1 = sandbox.vm(1);
    const holdPort = "IO::Socket::INET->new(Listen => 1, LocalPort => 80); sleep 600";
    await mustRun(vm1, `setsid perl -MIO::Socket -e '$s = ${holdPort}' > /dev/null 2>&1 &`);
    repairs.push(() => vm1.run("pkill -x perl"));
    await mustRun(vm1, "timeout 5 bash -c 'until ss -Hltn sport = :80 | grep -q .; do :; done'");

    const { exitCode, output } = await sandbox.deployer.run("deploy setup");

    expect(exitCode, output).toBe(32);
    expect(output).toMatch(/vm1/);
    expect(output).toMatch(/\b80\b/);
    expect(output).toContain("perl");
    expect(await fleetOf(sandbox)).toEqual({ vm1: [], vm2: [] });
  });
});

test("a host without room for the image keeps serving what it served", async () => {
  await givenVersion1Serves(sandbox);
  const vm2 = sandbox.vm(2);
  await sandbox.deployer.run("head -c 15M /dev/urandom > large && echo 'COPY large ./' >> Dockerfile");
  await commitAll(sandbox.deployer, "Add something large");
  await mustRun(
    vm2,
    "mount -o remount,size=$(($(df --output=used -B1 /var/lib/docker | tail -1) + 5000000)) /var/lib/docker",
  );
  repairs.push(() => vm2.run("mount -o remount,size=50% /var/lib/docker"));

  const { exitCode, output } = await deployInVain(sandbox);

  expect(exitCode, output).toBe(32);
  expect(output).toContain("vm2");
  expect(output).toMatch(/room|space/);
});
