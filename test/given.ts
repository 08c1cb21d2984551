import { expect } from "vitest";
import { commitHello } from "../packages/harness/src/apps/hello.ts";
import type { Sandbox, VmContainer } from "../packages/harness/src/sandbox/sandbox.ts";

/**
 * Version 1 of the fixture app, serving on both VMs as its configuration has it, whatever else was deployed
 * before: a deploy brings it there from most states, in a third of the time that new machines take.
 */
export async function givenVersion1Serves(sandbox: Sandbox): Promise<void> {
  await sandbox.deployer.restoreApps();
  const { exitCode } = await sandbox.deployer.run("deploy");
  if (exitCode === 0 && (await versionsServed(sandbox)).join() === "1,1") return;
  await givenVersion1(sandbox);
}

/** Version 1 of the fixture app, serving on both VMs, and nothing else on them. Fast where it is so already. */
export async function givenVersion1(sandbox: Sandbox): Promise<void> {
  await sandbox.deployer.restoreApps();
  if (await isVersion1Alone(sandbox)) return;
  await sandbox.clear();
  // A test that failed may have left a VM in a state that only a new one mends.
  if ((await sandbox.deployer.run("deploy setup")).exitCode !== 0) {
    await sandbox.reset();
    const setup = await sandbox.deployer.run("deploy setup");
    expect(setup, setup.output).toMatchObject({ exitCode: 0 });
  }
  expect(await versionsServed(sandbox)).toEqual(["1", "1"]);
}

async function isVersion1Alone(sandbox: Sandbox): Promise<boolean> {
  const fleet = await fleetOf(sandbox);
  const alone = Object.values(fleet).every((containers) => containers.length === 2);
  return alone && (await versionsServed(sandbox)).join() === "1,1";
}

/** What two requests to the load balancer are answered: one by each VM, since it takes turns. */
export async function versionsServed(sandbox: Sandbox): Promise<string[]> {
  const answers = [await sandbox.loadBalancer.get("/"), await sandbox.loadBalancer.get("/")];
  return answers.map((answer) => answer.headers["x-app-version"] ?? `status ${answer.status}`);
}

/** Every container of both VMs, as `name state`, by VM. */
export async function fleetOf(sandbox: Sandbox): Promise<Record<string, string[]>> {
  const fleet: Record<string, string[]> = {};
  for (const vm of sandbox.vms) fleet[vm.name] = (await vm.containers()).map(described);
  return fleet;
}

const described = (container: VmContainer) => `${container.name} ${container.state}`;

/** Everything that a deploy which changed nothing must leave as it was. */
export async function leftOnHosts(sandbox: Sandbox): Promise<Record<string, unknown>> {
  const left: Record<string, unknown> = { fleet: await fleetOf(sandbox) };
  for (const vm of sandbox.vms) {
    const locks = await vm.run("find /var/lib/cutover -name '*lock*' -type f 2>/dev/null | sort");
    left[`locks on ${vm.name}`] = locks.stdout;
  }
  return left;
}

/** Runs `deploy` for a version that must not come to serve, under traffic, and says how it ended. */
export async function deployInVain(
  sandbox: Sandbox,
  command = "deploy",
): Promise<{ exitCode: number; output: string }> {
  const before = await leftOnHosts(sandbox);
  const traffic = sandbox.traffic.start({ perSecond: 60, versions: ["1"] });
  await traffic.answers(20);
  const ran = await sandbox.deployer.run(command);
  await traffic.answers(20);
  const report = await traffic.stop();
  expect(report.failures).toEqual([]);
  expect(await leftOnHosts(sandbox), ran.output).toEqual(before);
  return ran;
}

/** A new version 2 that is fine, committed on the deployer. */
export async function givenVersion2Committed(sandbox: Sandbox): Promise<string> {
  return commitHello(sandbox.deployer, { version: "2" });
}
