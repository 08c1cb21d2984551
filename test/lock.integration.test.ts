import { beforeAll, describe, expect, test, vi } from "vitest";
import { commitHello } from "../packages/harness/src/apps/hello.ts";
import { givenVersion1Serves, versionsServed } from "./given.ts";
import { sandbox } from "./sandbox.ts";

beforeAll(() => givenVersion1Serves(sandbox));
/** The hosts on which hello's lock is held, by what lies there. */
async function heldLocks(): Promise<string[]> {
  const held: string[] = [];
  for (const vm of sandbox.vms) {
    const { stdout } = await vm.run("cat $(ls -v /var/lib/cutover/apps/hello/locks/*.json | tail -1)");
    // It may be looked at between its making and its writing.
    if (stdout !== "" && JSON.parse(stdout).state === "held") held.push(vm.name);
  }
  return held;
}

/** Begins a deploy that holds the lock until it is ended: its gate waits longer than any test takes. */
async function beginLongDeploy(): Promise<{
  commit: string;
  ended: Promise<{ exitCode: number; output: string }>;
}> {
  await sandbox.deployer.restoreApps();
  await sandbox.deployer.run("sed -i 's/^deploy_timeout: .*/deploy_timeout: 300/' config/deploy.yml");
  const commit = await commitHello(sandbox.deployer, { version: "3", health: "never" });
  const ended = sandbox.deployer.run("echo $$ > /tmp/deploy.pid; exec deploy");
  await vi.waitUntil(async () => (await heldLocks()).length === 2, { timeout: 30_000 });
  return { commit, ended };
}

describe("while one deploys", () => {
  let ended: Promise<{ exitCode: number; output: string }>;
  beforeAll(async () => {
    ({ ended } = await beginLongDeploy());
  });

  test("another is refused, with who holds the lock and what to do", async () => {
    const second = await sandbox.deployer.run("deploy redeploy");
    expect(second.exitCode, second.output).toBe(10);
    expect(second.output).toMatch(/@deployer \(process \d+\) is at work .*deploy of version [0-9a-f]{7}/);
    expect(second.output).toContain("runs out by itself in");
  });

  test("whose lock it is, at what step and for how long, can be seen", async () => {
    const { exitCode, output } = await sandbox.deployer.run("deploy lock status");
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/@deployer \(process \d+\) holds the lock since .*: deploy of [0-9a-f]{7}/);
    expect(output).toMatch(/on vm1, vm2\n(\s+at: .+\n)?\s+runs out in/);
  });

  test("its lock is not broken where nobody can be asked and nobody said so", async () => {
    const { exitCode, output } = await sandbox.deployer.run("deploy lock release");
    expect(exitCode, output).toBe(2);
    expect(output).toContain("deploy lock release --force");
    expect(await heldLocks()).toHaveLength(2);
  });

  test("Ctrl-C frees the lock and leaves what served", async () => {
    await sandbox.deployer.run("kill -INT $(cat /tmp/deploy.pid)");
    const { exitCode, output } = await ended;
    expect(exitCode, output).toBe(130);
    expect(await heldLocks()).toEqual([]);
    expect(await versionsServed(sandbox)).toEqual(["1", "1"]);
  });
});

test("a lock taken by hand keeps deploys out with its message, is not waited for, and is freed by hand", async () => {
  const taken = await sandbox.deployer.run("deploy lock acquire -m 'moving the database'");
  expect(taken.exitCode, taken.output).toBe(0);
  const refused = await sandbox.deployer.run("deploy redeploy --lock-wait");
  expect(refused.exitCode, refused.output).toBe(10);
  expect(refused.output).toMatch(/locked it by hand .*moving the database[\s\S]*deploy lock release/);
  const freed = await sandbox.deployer.run("deploy lock release && deploy lock status");
  expect(freed.output).toContain("There is no deploy lock");
});

/** Rather than wait for half a minute: the same leases, over already on the hosts' clocks. */
async function letLeasesEnd(): Promise<void> {
  const ends = `s/"leaseUntil":{"uptimeMs":[0-9]*/"leaseUntil":{"uptimeMs":1/`;
  for (const vm of sandbox.vms) await vm.run(`sed -i '${ends}' /var/lib/cutover/apps/hello/locks/*.json`);
}

/** Until what a run writes down on each host says that it waits in its gate. */
async function inItsGate(): Promise<void> {
  await vi.waitUntil(
    async () => {
      const journals = await Promise.all(
        sandbox.vms.map((vm) => vm.run("cat /var/lib/cutover/apps/hello/journals/*.jsonl")),
      );
      return journals.every(({ stdout }) => stdout.includes('"mark":"step","step":"pass-gate web"'));
    },
    { timeout: 30_000 },
  );
}

test("a killed client's lock holds until its lease is over; then what it has left is taken back", async () => {
  const { commit, ended } = await beginLongDeploy();
  await inItsGate();
  await sandbox.deployer.run("kill -KILL $(cat /tmp/deploy.pid)");
  await ended;
  await sandbox.deployer.restoreApps();
  const early = await sandbox.deployer.run("deploy redeploy");
  expect(early.exitCode, early.output).toBe(10);

  await letLeasesEnd();
  const late = await sandbox.deployer.run("deploy redeploy");
  expect(late.exitCode, late.output).toBe(0);
  expect(late.output).toMatch(/deploy of [0-9a-f]+ by .*did not end: it stopped on vm1 at "Boot the new/);
  expect(await versionsServed(sandbox)).toEqual(["1", "1"]);
  for (const vm of sandbox.vms) {
    expect((await vm.run("ls /var/lib/cutover/apps/hello/journals")).stdout).toBe("");
    const left = await vm.containers();
    expect(left.filter(({ name }) => name.includes(commit))).toEqual([]);
  }
  expect(await heldLocks()).toEqual([]);
});

test("a client that was frozen past its lease changes nothing when it wakes up", async () => {
  const { ended } = await beginLongDeploy();
  await sandbox.deployer.run("kill -STOP $(cat /tmp/deploy.pid)");
  await letLeasesEnd();
  await sandbox.deployer.restoreApps();
  const other = await sandbox.deployer.run("deploy redeploy");
  expect(other.exitCode, other.output).toBe(0);

  await sandbox.deployer.run("kill -CONT $(cat /tmp/deploy.pid)");
  const { exitCode, output } = await ended;
  expect(exitCode, output).toBe(11);
  expect(await versionsServed(sandbox)).toEqual(["1", "1"]);
});
