import { beforeAll, describe, expect, test } from "vitest";
import { fleetOf, givenVersion1Serves, givenVersion2Committed, versionsServed } from "./given.ts";
import { sandbox } from "./sandbox.ts";

/** Steps of one story: each builds on the one before. */
describe("what a deploy would do is what it does", () => {
  beforeAll(() => givenVersion1Serves(sandbox));

  test("where nothing changed the plan has nothing to do, and neither has the deploy", async () => {
    const before = await idsOnHosts();
    const plan = await sandbox.deployer.run("deploy plan --check");
    expect(plan, plan.output).toMatchObject({ exitCode: 0 });
    expect(plan.output).toContain("nothing to do");

    const deploy = await sandbox.deployer.run("deploy");

    expect(deploy, deploy.output).toMatchObject({ exitCode: 0 });
    expect(deploy.output).toContain("nothing to do");
    expect(await idsOnHosts()).toEqual(before);
  });

  test("a container that is gone is drift, and a deploy makes it anew on its host alone", async () => {
    const [vm1] = await idsOnHosts();
    await sandbox.vm(2).run("docker rm -f $(docker ps -q --filter label=service=hello)");
    const check = await sandbox.deployer.run("deploy plan --check");
    expect(check, check.output).toMatchObject({ exitCode: 3 });
    expect(check.output).toContain("the container of web is missing");

    const deploy = await sandbox.deployer.run("deploy");

    expect(deploy, deploy.output).toMatchObject({ exitCode: 0 });
    expect(await versionsServed(sandbox)).toEqual(["1", "1"]);
    expect((await idsOnHosts())[0]).toEqual(vm1);
    expect((await sandbox.deployer.run("deploy plan --check")).exitCode).toBe(0);
  });

  test("a proxy that is gone with its state is drift, and a deploy makes it and routes to what runs", async () => {
    const before = await idsOnHosts();
    await sandbox.vm(1).run("docker rm -f cutover-proxy && docker volume rm cutover-proxy");
    const check = await sandbox.deployer.run("deploy plan --check");
    expect(check, check.output).toMatchObject({ exitCode: 3 });
    expect(check.output).toContain("the proxy is missing");

    const deploy = await sandbox.deployer.run("deploy");

    expect(deploy, deploy.output).toMatchObject({ exitCode: 0 });
    expect(await versionsServed(sandbox)).toEqual(["1", "1"]);
    expect(await idsOnHosts()).toEqual(before);
    expect((await sandbox.deployer.run("deploy plan --check")).exitCode).toBe(0);
  });

  test("a changed variable is named and never told", async () => {
    await sandbox.deployer.run("sed -i 's/GREETING: Hello/GREETING: Good-morning/' config/deploy.yml");
    const plan = await sandbox.deployer.run("deploy plan --json");
    expect(plan, plan.output).toMatchObject({ exitCode: 0 });
    expect(plan.output).toContain('"changed":["GREETING"]');
    expect(plan.output).not.toContain("Good-morning");
    await sandbox.deployer.run("git checkout config/deploy.yml");
  });

  test("a new commit is planned before it is built, and the plan touches nothing", async () => {
    await givenVersion2Committed(sandbox);
    const before = await fleetOf(sandbox);
    const plan = await sandbox.deployer.run("deploy plan --check --out /tmp/plan.json");
    expect(plan, plan.output).toMatchObject({ exitCode: 3 });
    expect(plan.output).toContain("would be built");
    expect(plan.output).toContain("create hello-web-");
    expect(await fleetOf(sandbox)).toEqual(before);
  });

  test("a plan is refused when a host has moved, and carried out when it is as it was", async () => {
    const [onVm1 = []] = await idsOnHosts();
    await sandbox.vm(1).run(`docker stop -t 1 ${onVm1.join(" ")}`);
    const refused = await sandbox.deployer.run("deploy --plan /tmp/plan.json");
    expect(refused, refused.output).toMatchObject({ exitCode: 3 });
    expect(refused.output).toMatch(/vm1: hello-web-\S+ was running and is stopped/);
    await sandbox.vm(1).run(`docker start ${onVm1.join(" ")}`);

    const deploy = await sandbox.deployer.run("deploy --plan /tmp/plan.json");

    expect(deploy, deploy.output).toMatchObject({ exitCode: 0 });
    expect(await versionsServed(sandbox)).toEqual(["2", "2"]);
  });

  /** The ids of the app's running containers, by VM. */
  async function idsOnHosts(): Promise<string[][]> {
    const containers = await Promise.all(sandbox.vms.map((vm) => vm.containers()));
    return containers.map((of) =>
      of
        .filter(({ labels, state }) => labels["service"] === "hello" && state === "running")
        .map(({ id }) => id),
    );
  }
});
