import { expect, test } from "vitest";
import type { Ssh } from "../../config/config.ts";
import { parseSshConfig } from "../ssh-config/parse.ts";
import type { Basis } from "./hops.ts";
import { routeTo } from "./route-to.ts";

const nothingSaid: Ssh = {
  user: null,
  port: null,
  proxyJump: [],
  proxyCommand: null,
  keys: [],
  keyData: [],
  keysOnly: false,
  configFiles: "default",
  forwardAgent: false,
  reconnectMs: 0,
};

async function basis(sshConfig: string, ssh: Partial<Ssh> = {}): Promise<Basis> {
  return {
    ssh: { ...nothingSaid, ...ssh },
    files: await parseSshConfig(sshConfig, async () => []),
    local: { user: "anna", home: "/home/anna", cwd: "/app", env: { SSH_AUTH_SOCK: "/agent" } },
  };
}

/** The way as `user@host:port` of each hop. */
async function way(written: string, sshConfig: string, ssh: Partial<Ssh> = {}): Promise<string[]> {
  const { hops } = routeTo(written, await basis(sshConfig, ssh));
  return hops.map(({ address: { user, host, port } }) => `${user}@${host}:${port}`);
}

test("where nothing is said it is root on port 22", async () => {
  expect(await way("web1", "")).toEqual(["root@web1:22"]);
});

test("the host's own words come before the configuration's, and those before ssh_config", async () => {
  const config = "Host web1\n  HostName 10.0.0.1\n  User ops\n  Port 2022\n";
  expect(await way("web1", config)).toEqual(["ops@10.0.0.1:2022"]);
  expect(await way("web1", config, { user: "deploy", port: 2222 })).toEqual(["deploy@10.0.0.1:2222"]);
  expect(await way("eva@web1:22", config, { user: "deploy", port: 2222 })).toEqual(["eva@10.0.0.1:22"]);
});

test("a user for every host is not meant for ours, whose default is root", async () => {
  expect(await way("web1", "Host *\n  User anna\n")).toEqual(["root@web1:22"]);
  expect(await way("web1", "User anna\n")).toEqual(["root@web1:22"]);
  expect(await way("web1", "Host web?\n  User anna\n")).toEqual(["anna@web1:22"]);
});

test("jump hosts of the configuration are passed in order, each by its own ssh_config", async () => {
  const ssh = {
    proxyJump: [
      { user: null, host: "outer", port: null },
      { user: "ops", host: "inner", port: 2222 },
    ],
  };
  const config = "Host outer\n  HostName outer.example.com\n  IdentityFile ~/.ssh/outer\n";
  expect(await way("web1", config, ssh)).toEqual([
    "root@outer.example.com:22",
    "ops@inner:2222",
    "root@web1:22",
  ]);
  const [outer] = routeTo("web1", await basis(config, ssh)).hops;
  expect(outer?.keys.files).toEqual(["/home/anna/.ssh/outer"]);
});

test("a jump host is itself reached through those before it only", async () => {
  const ssh = {
    proxyJump: [
      { user: null, host: "outer", port: null },
      { user: null, host: "inner", port: null },
    ],
  };
  expect(await way("inner", "", ssh)).toEqual(["root@outer:22", "root@inner:22"]);
  expect(await way("outer", "", ssh)).toEqual(["root@outer:22"]);
});

test("ProxyJump of ssh_config is followed, through jump hosts of jump hosts", async () => {
  const config = "Host web1\n  ProxyJump ops@inner\nHost inner\n  ProxyJump outer:2222\n";
  expect(await way("web1", config)).toEqual(["anna@outer:2222", "ops@inner:22", "root@web1:22"]);
});

test("jump hosts that lead in a circle are refused", async () => {
  await expect(way("web1", "Host web1 inner\n  ProxyJump inner\n")).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    facts: { cause: expect.stringContaining("circle") },
  });
});

test("a proxy command gets host, port and user, and nothing that a shell would read more into", async () => {
  const config = "Host web1\n  HostName 10.0.0.1\n";
  const ssh = { proxyCommand: 'nc -x proxy:1080 %h %p # %r of %n, 100%%, %z "%h"' };
  expect(routeTo("web1", await basis(config, ssh)).proxyCommand).toBe(
    'nc -x proxy:1080 10.0.0.1 22 # root of web1, 100%, %z "10.0.0.1"',
  );
  const odd = await basis("", { ...ssh, user: "root; reboot" });
  expect(() => routeTo("web1", odd)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
  const sneaky = await basis("", ssh);
  expect(() => routeTo("-oProxyCommand=x", sneaky)).toThrow(
    expect.objectContaining({ code: "CONFIG_INVALID" }),
  );
});

test("of ProxyJump and ProxyCommand the first one counts", async () => {
  const config = "Host web1\n  ProxyCommand ssh -W %h:%p bastion\n  ProxyJump bastion\n";
  const route = routeTo("web1", await basis(config));
  expect(route).toMatchObject({ proxyCommand: "ssh -W web1:22 bastion", hops: [{ name: "web1" }] });
  expect(routeTo("web1", await basis("Host *\n  ProxyCommand none\n")).proxyCommand).toBeNull();
});

test("keys of the configuration replace those of ssh_config, which names the agent too", async () => {
  const config =
    'Host *\n  IdentityAgent "~/an agent/s.sock"\n  IdentityFile %d/.ssh/%u\n  IdentitiesOnly yes\n';
  expect(routeTo("web1", await basis(config)).hops[0]?.keys).toEqual({
    files: ["/home/anna/.ssh/anna"],
    only: true,
    agentSocket: "/home/anna/an agent/s.sock",
  });
  expect(routeTo("web1", await basis("", { keys: ["~/.ssh/work", "keys/deploy"] })).hops[0]?.keys).toEqual({
    files: ["/home/anna/.ssh/work", "/app/keys/deploy"],
    only: false,
    agentSocket: "/agent",
  });
});
