import { beforeAll, describe, expect, test } from "vitest";
import { commitHello } from "../packages/harness/src/apps/hello.ts";
import { fleetOf, versionsServed } from "./given.ts";
import { sandbox } from "./sandbox.ts";
import { countingTurns } from "./turns/count-turns.ts";

/** Steps of one story: each builds on the one before. */
describe("from nothing to a rollback", () => {
  let version1 = "";
  let version2 = "";

  beforeAll(() => sandbox.reset());

  test("before the first deploy the load balancer finds nobody", async () => {
    expect((await sandbox.loadBalancer.get("/")).status).toBe(502);
  });

  test("deploy setup brings version 1 to both hosts", async () => {
    const setup = await sandbox.deployer.run("deploy setup");

    expect(setup, setup.output).toMatchObject({ exitCode: 0 });
    expect(await versionsServed(sandbox)).toEqual(["1", "1"]);
    version1 = (await sandbox.deployer.run("git rev-parse HEAD")).stdout.trim();
    expect(await fleetOf(sandbox)).toEqual({
      vm1: ["cutover-proxy running", `hello-web-${version1} running`],
      vm2: ["cutover-proxy running", `hello-web-${version1} running`],
    });
  });

  test("the container has its clear and its secret environment, byte for byte", async () => {
    const secret = await sandbox.deployer.run("cat /shared/session-key");
    expect((await sandbox.loadBalancer.get("/env?name=GREETING")).body).toBe("Hello");
    expect((await sandbox.loadBalancer.get("/env?name=SESSION_KEY")).body).toBe(secret.stdout.trim());
  });

  test("deploy moves to version 2 under traffic without losing a request", async () => {
    version2 = await commitHello(sandbox.deployer, { version: "2" });
    const traffic = sandbox.traffic.start({ perSecond: 200, versions: ["1", "2"] });
    await traffic.answersOf("1", 200);

    const { ran: deploy, turns } = await countingTurns(sandbox, "deploy");

    expect(deploy, deploy.output).toMatchObject({ exitCode: 0 });
    expectFewTurns(turns, 110);
    await traffic.answersOf("2", 200);
    const report = await traffic.stop();
    expect(report.failures).toEqual([]);
    expect(report.changes).toMatchObject([{ from: "1", to: "2" }]);
  });

  test("details tell host by host what serves", async () => {
    const { ran, turns } = await countingTurns(sandbox, "deploy details");
    const { exitCode, output } = ran;
    expect(exitCode, output).toBe(0);
    expectFewTurns(turns, 25);
    expect(output).toContain("vm1");
    expect(output).toContain("vm2");
    expect(output).toContain(version2.slice(0, 7));
  });

  test("logs are those of the container that serves", async () => {
    const { exitCode, output } = await sandbox.deployer.run("deploy app logs");
    expect(exitCode, output).toBe(0);
    expect(output).toContain("version 2 listens on 3000");
  });

  test("exec runs a command in a container that serves", async () => {
    const { exitCode, output } = await sandbox.deployer.run("deploy app exec --reuse 'cat settings.json'");
    expect(exitCode, output).toBe(0);
    expect(output).toContain('"version": "2"');
  });

  test("redeploying the same version replaces the container and loses no request", async () => {
    const before = await idsOfApp();
    const traffic = sandbox.traffic.start({ perSecond: 200, versions: ["2"] });
    await traffic.answers(100);

    const redeploy = await sandbox.deployer.run("deploy redeploy");

    expect(redeploy, redeploy.output).toMatchObject({ exitCode: 0 });
    await traffic.answers(100);
    expect((await traffic.stop()).failures).toEqual([]);
    const after = await idsOfApp();
    expect(after.filter((id) => before.includes(id))).toEqual([]);
  });

  test("rollback returns to version 1 under traffic without losing a request", async () => {
    const traffic = sandbox.traffic.start({ perSecond: 200, versions: ["1", "2"] });
    await traffic.answersOf("2", 200);

    const { ran: rollback, turns } = await countingTurns(sandbox, `deploy rollback ${version1}`);

    expect(rollback, rollback.output).toMatchObject({ exitCode: 0 });
    expectFewTurns(turns, 90);
    await traffic.answersOf("1", 200);
    const report = await traffic.stop();
    expect(report.failures).toEqual([]);
    expect(report.changes).toMatchObject([{ from: "2", to: "1" }]);
  });

  test("rollback to a version that no host has is refused, and names those there are", async () => {
    const { exitCode, output } = await sandbox.deployer.run("deploy rollback 0000000");
    expect(exitCode, output).toBe(2);
    expect(output).toContain(version2.slice(0, 7));
    expect(await versionsServed(sandbox)).toEqual(["1", "1"]);
  });

  /** One connection a host, and on it so many round trips at most: a third more than were counted. */
  function expectFewTurns(turns: number[][], most: number): void {
    expect(turns.map((ofHost) => ofHost.length)).toEqual([1, 1]);
    expect(Math.max(...turns.flat())).toBeLessThanOrEqual(most);
  }

  /** The running containers of the app on both VMs. */
  async function idsOfApp(): Promise<string[]> {
    const containers = await Promise.all(sandbox.vms.map((vm) => vm.containers()));
    return containers
      .flat()
      .filter(({ labels, state }) => labels["service"] === "hello" && state === "running")
      .map(({ id }) => id);
  }
});
