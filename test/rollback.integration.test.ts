import { beforeAll, describe, expect, test } from "vitest";
import { commitHello } from "../packages/harness/src/apps/hello.ts";
import { givenVersion1, versionsServed } from "./given.ts";
import { sandbox } from "./sandbox.ts";

/** Steps of one story: each builds on the one before. */
describe("going back", () => {
  beforeAll(async () => {
    await givenVersion1(sandbox);
    for (const version of ["2", "3"]) {
      await commitHello(sandbox.deployer, { version });
      const deploy = await sandbox.deployer.run("deploy");
      expect(deploy, deploy.output).toMatchObject({ exitCode: 0 });
    }
  });

  test("without git, and with the registry out of reach, it goes to the release before", async () => {
    const registry = "OUTPUT -p tcp --dport 4443 -j REJECT";
    for (const vm of sandbox.vms) await vm.run(`iptables -I ${registry}`);
    await sandbox.deployer.run("mv .git /tmp/git-away");
    try {
      const rollback = await sandbox.deployer.run("deploy rollback");
      expect(rollback, rollback.output).toMatchObject({ exitCode: 0 });
    } finally {
      await sandbox.deployer.run("mv /tmp/git-away .git");
      for (const vm of sandbox.vms) await vm.run(`iptables -D ${registry}`);
    }
    expect(await versionsServed(sandbox)).toEqual(["2", "2"]);
  });

  test("once more goes on to what is older, and not back to what it came from", async () => {
    const rollback = await sandbox.deployer.run("deploy rollback --to 1-release-ago");
    expect(rollback, rollback.output).toMatchObject({ exitCode: 0 });
    expect(await versionsServed(sandbox)).toEqual(["1", "1"]);
  });

  test("with the environment of today the old release gets a secret that was rotated since", async () => {
    await sandbox.deployer.run("sed -i 's/GREETING: Hello/GREETING: Rotated/' config/deploy.yml");
    const forward = await sandbox.deployer.run("deploy rollback $(git rev-parse HEAD) --current-env");
    expect(forward, forward.output).toMatchObject({ exitCode: 0 });
    expect(await versionsServed(sandbox)).toEqual(["3", "3"]);
    expect((await sandbox.loadBalancer.get("/env?name=GREETING")).body).toBe("Rotated");
  });

  test("releases are listed with what serves, and the audit tells what was done", async () => {
    const releases = await sandbox.deployer.run("deploy releases");
    expect(releases, releases.output).toMatchObject({ exitCode: 0 });
    expect(releases.output).toMatch(/serves .* ok, brought \S+ back/);
    expect(releases.output).toContain("can go back");
    const audit = await sandbox.deployer.run("deploy audit -h vm1");
    expect(audit.output.match(/ rollback /g)).toHaveLength(3);
  });

  test("a prune leaves what is kept, and the app serving", async () => {
    const prune = await sandbox.deployer.run("deploy prune --retain 1");
    expect(prune, prune.output).toMatchObject({ exitCode: 0 });
    expect(await versionsServed(sandbox)).toEqual(["3", "3"]);
  });
});
