import { beforeAll, describe, expect } from "vitest";
import { test } from "../vitest/sandbox-test.ts";
import { workerSandbox } from "../vitest/worker-sandbox.ts";
import type { Sandbox } from "./sandbox.ts";

describe("a machine", () => {
  test("answers with the exit code and both streams of a command", async ({ sandbox }) => {
    const ran = await sandbox.deployer.run("echo out; echo err >&2; exit 3");
    expect(ran).toMatchObject({ exitCode: 3, stdout: "out\n", stderr: "err\n" });
  });

  test("gives a command its folder, environment and input", async ({ sandbox }) => {
    const ran = await sandbox.vm(1).run('pwd; echo "$WHO"; cat', {
      cwd: "/tmp",
      env: { WHO: "a 'quoted' name" },
      input: "line\nwithout end",
    });
    expect(ran.stdout).toBe("/tmp\na 'quoted' name\nline\nwithout end");
  });

  test("ends a command that takes too long", async ({ sandbox }) => {
    expect((await sandbox.deployer.run("sleep 60", { timeoutMs: 200 })).exitCode).toBe(124);
  });

  test("shows output while the command runs", async ({ sandbox }) => {
    let sawFirst = () => {};
    const first = new Promise<void>((resolve) => {
      sawFirst = resolve;
    });
    const running = sandbox.deployer.run(
      "echo one; until [ -e /tmp/go-on ]; do sleep 0.05; done; rm /tmp/go-on",
      {
        onOutput: (text) => {
          if (text.includes("one")) sawFirst();
        },
      },
    );
    await first;
    await sandbox.deployer.write("/tmp/go-on", "");
    expect((await running).exitCode).toBe(0);
  });

  test("writes a file byte for byte, making its folder", async ({ sandbox }) => {
    const text = "käse\n\t$HOME `x` \\ '\n";
    await sandbox.deployer.write("/tmp/new/folder/file", text);
    expect((await sandbox.deployer.run("cat /tmp/new/folder/file")).stdout).toBe(text);
  });
});

describe("the deployer", () => {
  test("is in a git repository with nothing uncommitted", async ({ sandbox }) => {
    await sandbox.deployer.restoreApps();
    const ran = await sandbox.deployer.run("git status --short && git log --format=%s");
    expect(ran.stdout).toBe("Version 1\n");
  });

  test("reaches both VMs by SSH, whose keys it knows and tells apart", async ({ sandbox }) => {
    const ran = await sandbox.deployer.run("for vm in vm1 vm2; do ssh -o BatchMode=yes $vm hostname; done");
    expect(ran).toMatchObject({ exitCode: 0, stdout: "vm1\nvm2\n" });
    const keys = await sandbox.deployer.run("cut -d' ' -f3 /root/.ssh/known_hosts | sort -u | wc -l");
    expect(keys.stdout.trim()).toBe("2");
  });

  test("finds a variable of the host's own environment there", async ({ sandbox }) => {
    const ran = await sandbox.deployer.run("ssh vm1 printenv HOST_TOKEN");
    expect(ran.stdout).toBe("token-of-this-host\n");
  });

  test("fetches a package once for all machines", async ({ sandbox }) => {
    const ask =
      "curl --silent --output /dev/null --write-out '%header{x-cache}' http://packages:4873/picocolors";
    await sandbox.deployer.run(ask);
    expect((await sandbox.deployer.run(ask)).stdout).toBe("HIT");
  });
});

describe("the registry", () => {
  test("refuses who has no password, under a certificate that the deployer trusts", async ({ sandbox }) => {
    const status = await sandbox.deployer.run(
      "curl --silent --output /dev/null --write-out '%{http_code}' https://registry:4443/v2/",
    );
    expect(status).toMatchObject({ exitCode: 0, stdout: "401" });
  });

  test("keeps what the deployer pushes and gives it to a VM", async ({ sandbox }) => {
    const { deployer, registry } = sandbox;
    const login = await deployer.run("docker login --username deployer --password-stdin registry:4443", {
      input: await registry.password(),
    });
    expect(login.exitCode, login.output).toBe(0);
    const push = await deployer.run(
      "printf 'FROM scratch\\nCOPY gitconfig /\\n' > /tmp/Dockerfile &&" +
        " cp /root/.gitconfig /tmp/gitconfig &&" +
        " docker build --quiet --push --tag registry:4443/tiny:1 --file /tmp/Dockerfile /tmp",
    );
    expect(push.exitCode, push.output).toBe(0);
    expect(await registry.tags("tiny")).toEqual(["1"]);

    const [username, password] = [registry.username, await registry.password()];
    const authconfig = { username, password, serveraddress: registry.server };
    const { docker } = sandbox.vm(2);
    const pulled = await docker.pull("registry:4443/tiny:1", { authconfig });
    await new Promise((resolve) => docker.modem.followProgress(pulled, resolve));
    expect((await docker.getImage("registry:4443/tiny:1").inspect()).RepoTags).toContain(
      "registry:4443/tiny:1",
    );
  });

  test("has no tags of a repository that nobody pushed", async ({ sandbox }) => {
    expect(await sandbox.registry.tags("nobody/pushed-this")).toEqual([]);
  });
});

describe("clearing", () => {
  test("takes what deploys left on the VMs, and keeps the images", async ({ sandbox }) => {
    const vm = sandbox.vm(1);
    await vm.run(
      "tar --create --files-from /dev/null | docker import - kept && docker create --name left kept /none" +
        " && docker network create left && docker volume create left" +
        " && mkdir -p /var/lib/cutover/apps && touch /var/lib/cutover/apps/left",
    );
    expect((await vm.containers()).map(({ name }) => name)).toContain("left");

    await sandbox.clear();

    const left = await vm.run(
      "docker ps -aq; docker network ls -q -f name=left; docker volume ls -q; ls /var/lib/cutover 2>&-; docker images -q kept | wc -l",
    );
    expect(left.stdout).toBe("1\n");
    expect((await sandbox.loadBalancer.get("/")).status).toBe(502);
  });
});

/** Each looks at another part of what one reset did. */
describe("a reset", () => {
  let keyBefore = "";
  const hostKey = async (sandbox: Sandbox) =>
    (await sandbox.deployer.run("ssh-keyscan -t ed25519 vm1 2>/dev/null | cut -d' ' -f3")).stdout;

  beforeAll(async () => {
    const sandbox = await workerSandbox();
    keyBefore = await hostKey(sandbox);
    await sandbox.vm(1).run("touch /root/left-behind && docker network create left-behind");
    await sandbox.deployer.run("rm server.mjs && git commit --quiet --all --message 'Break it'");
    await sandbox.reset();
  });

  test("leaves VMs with nothing on them and the same host keys", async ({ sandbox }) => {
    const vm = sandbox.vm(1);
    expect((await vm.run("ls -A /root/left-behind")).exitCode).not.toBe(0);
    expect((await vm.docker.listNetworks()).map(({ Name }) => Name)).not.toContain("left-behind");
    expect(await vm.docker.listImages()).toEqual([]);
    expect(await vm.containers()).toEqual([]);
    expect(await hostKey(sandbox)).toBe(keyBefore);
    expect(keyBefore).not.toBe("");
  });

  test("leaves a load balancer that finds nobody serving", async ({ sandbox }) => {
    expect((await sandbox.loadBalancer.get("/")).status).toBe(502);
  });

  test("puts the fixture app back as it was", async ({ sandbox }) => {
    expect((await sandbox.deployer.run("git log --format=%s")).stdout).toBe("Version 1\n");
  });

  test("leaves a load balancer that passes requests to both new VMs in turn", async ({ sandbox }) => {
    const serve = `perl -MIO::Socket::INET -e '
      my $name = shift; my $s = IO::Socket::INET->new(LocalPort => 80, Listen => 5, ReuseAddr => 1) or die;
      while (my $c = $s->accept) { while (<$c>) { last if /^\\r$/ } print $c "HTTP/1.1 200 OK\\r\\nContent-Length: 3\\r\\nConnection: close\\r\\n\\r\\n$name"; close $c }'`;
    for (const vm of sandbox.vms) {
      await vm.run(
        `setsid ${serve} ${vm.name} > /dev/null 2>&1 < /dev/null & until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done`,
      );
    }
    const bodies = [await sandbox.loadBalancer.get("/"), await sandbox.loadBalancer.get("/")];
    expect(bodies.map(({ body }) => body).sort()).toEqual(["vm1", "vm2"]);
  });
});
