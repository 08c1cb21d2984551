import { beforeAll, beforeEach, expect, test } from "vitest";
import { givenVersion1Serves, givenVersion2Committed, versionsServed } from "./given.ts";
import { sandbox } from "./sandbox.ts";

beforeAll(() => givenVersion1Serves(sandbox));
beforeEach(() => sandbox.deployer.restoreApps());

/** Sets what stands under `ssh:` in the app's configuration. */
async function givenSsh(...lines: string[]): Promise<void> {
  const yaml = ["ssh:", ...lines.map((line) => `  ${line}`)].join("\\n");
  const { exitCode, output } = await sandbox.deployer.run(
    `sed -i '/^ssh:/,/^[^ ]/{/^ssh:/d;/^ /d}' config/deploy.yml && printf '${yaml}\\n' >> config/deploy.yml`,
  );
  expect(exitCode, output).toBe(0);
}

async function deploys(command: string): Promise<void> {
  const { exitCode, output } = await sandbox.deployer.run(command);
  expect(exitCode, output).toBe(0);
}

test("a user in Docker's group works on the state that root made, and root on theirs", async () => {
  const version2 = await givenVersion2Committed(sandbox);
  await givenSsh("user: ops");
  await deploys("deploy");
  expect(await versionsServed(sandbox)).toEqual(["2", "2"]);

  await deploys("deploy rollback");
  expect(await versionsServed(sandbox)).toEqual(["1", "1"]);

  await givenSsh("user: root");
  await deploys(`deploy rollback ${version2}`);
  expect(await versionsServed(sandbox)).toEqual(["2", "2"]);
  const state = await sandbox.vm(1).run("stat -c '%U:%G %a' /var/lib/cutover");
  expect(state.stdout.trim()).toBe("root:docker 2770");
});

test("who may not use Docker is told what to do about it", async () => {
  await givenSsh("user: guest");
  const { exitCode, output } = await sandbox.deployer.run("deploy details");
  expect(exitCode, output).not.toBe(0);
  expect(output).toContain("guest may not use Docker on vm1");
});

test("the user's ssh_config leads to a host through another and through a command, with keys of the agent", async () => {
  const { deployer } = sandbox;
  const prepared = await deployer.run(`
    cd ~/.ssh && mv id_ed25519 away
    ssh-keygen -qt rsa -N 'open sesame' -f work_rsa && ssh-keygen -qt ecdsa -N '' -f work_ecdsa
    for user in root@vm1 ops@vm1 root@vm2; do
      cat work_rsa.pub work_ecdsa.pub | ssh -i away $user 'cat >> .ssh/authorized_keys'
    done
    cat > config <<'END'
Host vm2
  ProxyJump ops@vm1
  IdentityFile ~/.ssh/work_ecdsa
Host vm1
  IdentityFile ~/.ssh/work_rsa
  ProxyCommand node -e "const s = require('net').connect(%p, '%h'); process.stdin.pipe(s).pipe(process.stdout)"
END
    printf '#!/bin/sh\necho open sesame\n' > /tmp/ask && chmod +x /tmp/ask`);
  expect(prepared.exitCode, prepared.output).toBe(0);

  const without = await deployer.run("deploy details -h vm1");
  const withAgent = await deployer.run(`
    eval $(ssh-agent) > /dev/null
    SSH_ASKPASS=/tmp/ask SSH_ASKPASS_REQUIRE=force ssh-add -q ~/.ssh/work_rsa < /dev/null
    deploy details; code=$?; ssh-agent -k > /dev/null; exit $code`);
  await deployer.run("cd ~/.ssh && mv away id_ed25519 && rm config work_*");

  expect(without.output).toContain("ssh-add ~/.ssh/work_rsa");
  expect(withAgent.exitCode, withAgent.output).toBe(0);
  expect(withAgent.output).toMatch(/on vm1 .*[\s\S]*on vm2 .*Docker \d/);
});

test.each([
  ["in Docker's group", "ops", "root:docker 2770"],
  ["who reaches Docker through sudo", "admin", "admin:docker 2770"],
])("a user %s makes the state where there is none, and leaves nothing else", async (_who, user, owner) => {
  for (const vm of sandbox.vms) await vm.run("rm -rf /var/lib/cutover");
  await givenVersion2Committed(sandbox);
  await givenSsh(`user: ${user}`);
  await deploys("deploy");
  expect(await versionsServed(sandbox)).toEqual(["2", "2"]);
  const left = await sandbox
    .vm(1)
    .run("stat -c '%U:%G %a' /var/lib/cutover; docker images -q cutover-nothing");
  expect(left.stdout.trim()).toBe(owner);
});

test("without a registry the image goes over the connection, only what is missing of it, and can be gone back to", async () => {
  await sandbox.clear();
  // One host, since each is sent the same. It has nothing of the app's image, like a new one, but the proxy's.
  const vm1 = sandbox.vm(1);
  await vm1.run("docker images --quiet '*/hello' | xargs docker image rm --force");
  const withoutRegistry = `sed -i '/^registry:/,/^$/d; /- vm2/d' config/deploy.yml && echo 'registry: none' >> config/deploy.yml`;
  expect((await sandbox.deployer.run(withoutRegistry)).exitCode).toBe(0);
  const first = await sandbox.deployer.run("deploy setup");
  expect(first.exitCode, first.output).toBe(0);
  await givenVersion2Committed(sandbox);
  const second = await sandbox.deployer.run("deploy");
  expect(second.exitCode, second.output).toBe(0);
  expect(await versionsServed(sandbox)).toContain("2");
  const [whole = 0, rest = Number.POSITIVE_INFINITY] = [first, second].map(sentMegabytes);
  expect(rest).toBeLessThan(whole / 10);

  // What was deployed is on the hosts, whatever became of it here.
  await sandbox.deployer.run("docker image rm --force $(docker image ls --quiet hello)");
  await vm1.run("docker ps -aq --filter status=exited | xargs docker rm");
  await deploys("deploy rollback");
  expect(await versionsServed(sandbox)).toContain("1");
});

/** As the lines about the first host's image say. */
function sentMegabytes({ output }: { output: string }): number {
  return Number(/([\d.]+) MB sent/.exec(output)?.[1]);
}
