import { rootCertificates } from "node:tls";
import { expect, it } from "vitest";
import { DeployError, type ErrorFacts } from "../errors/index.ts";
import { loadConfig } from "./load.ts";
import { problemLine } from "./problem.ts";
import { aWorkspace } from "./testing/a-workspace.ts";
import type { Workspace } from "./workspace.ts";

const plain = `service: shop
image: acme/shop
servers: [192.0.2.10]
registry:
  username: acme
  password: [REGISTRY_PASSWORD]
`;

function load(
  files: Record<string, string>,
  change: Partial<Workspace> = {},
  destination: string | null = null,
) {
  const workspace = { ...aWorkspace(files, { HOME: "/home/ada" }), ...change };
  return loadConfig(workspace, { configFile: "config/deploy.yml", destination, toolVersion: "0.4.0" });
}

async function failure(loading: Promise<unknown>): Promise<{ code: string } & ErrorFacts> {
  const error: unknown = await loading.then(
    () => new Error("nothing was thrown"),
    (reason: unknown) => reason,
  );
  if (error instanceof DeployError) return { code: error.code, ...error.facts };
  throw error;
}

it("says where it looked when there is no file", async () => {
  expect(await failure(load({}))).toMatchObject({
    code: "CONFIG_NOT_FOUND",
    cause: "There is no config/deploy.yml here",
    hint: "Change to the project's folder, or name the file with -c",
  });
});

it("says which destination's file is missing", async () => {
  expect(await failure(load({ "config/deploy.yml": plain }, {}, "qa"))).toMatchObject({
    code: "CONFIG_NOT_FOUND",
    cause: "There is no config/deploy.qa.yml here",
  });
});

it("refuses a destination that would be a path", async () => {
  expect(await failure(load({ "config/deploy.yml": plain }, {}, "../x"))).toMatchObject({ code: "USAGE" });
});

it("reads a file with a byte order mark and Windows line ends", async () => {
  const { config } = await load({ "config/deploy.yml": `\uFEFF${plain.replaceAll("\n", "\r\n")}` });
  expect(config.image).toBe("acme/shop");
});

it("takes the certificates of an ACME directory's authority from its file, and no key that lies beside them", async () => {
  const [certificate] = rootCertificates;
  const pem = `-----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY-----\n${certificate}\n`;
  const acme = "proxy: {run: {acme: {directory: https://ca.internal/dir, ca: config/ca.pem}}}\n";
  const { config } = await load({ "config/deploy.yml": plain + acme, "config/ca.pem": pem });
  expect(config.proxyRun["192.0.2.10"]?.acme).toEqual({
    directory: "https://ca.internal/dir",
    email: null,
    authorities: `${certificate}\n`,
    challenges: [],
  });
});

it("says how to look again once it is mended", async () => {
  const { hint } = await failure(load({ "config/deploy.yml": plain.replace("image", "imge") }));
  expect(hint).toBe("mend what is named below; deploy config looks again, without a host");
});

it("makes one problem the sentence itself, with its place", async () => {
  expect(await failure(load({ "config/deploy.yml": plain.replace("image", "imge") }))).toMatchObject({
    code: "CONFIG_INVALID",
    cause: "config/deploy.yml line 2: imge: unknown key; did you mean image?",
    details: ["config/deploy.yml:2:1 imge: unknown key; did you mean image?"],
  });
});

it("says a mistyped key once, though its right name is missing too", async () => {
  const text = plain.replace("service", "servce").replace("registry", "regisrty");
  expect((await failure(load({ "config/deploy.yml": text }))).details).toEqual([
    "config/deploy.yml:1:1 servce: unknown key; did you mean service?",
    "config/deploy.yml:4:1 regisrty: unknown key; did you mean registry?",
  ]);
});

it("says what is wrong by itself and what contradicts the rest at once", async () => {
  const text = `${plain.replace("[192.0.2.10]", "[192.0.2.10, 192.0.2.10]")}prox: {}\nproxy: {ssl: true, app_port: x}\nboot: {limit: none}\n`;
  expect((await failure(load({ "config/deploy.yml": text }))).details).toEqual([
    "config/deploy.yml:3:23 servers.1: the host 192.0.2.10 is listed twice in this role",
    "config/deploy.yml:7:1 prox: unknown key; did you mean proxy?",
    "config/deploy.yml:8:30 proxy.app_port: expected a whole number from 1 to 65535",
    "config/deploy.yml:9:15 boot.limit: expected a number of hosts, such as 3, or a share of them, such as 25%",
  ]);
});

it("says what is wrong beside what ERB lacks, and not what only follows from that", async () => {
  const text = [
    'service: <%= ENV.fetch("NAME") %>',
    "image: acme/shop",
    "servers:",
    '  - <%= ENV.fetch("ONE") %>',
    '  - 192.0.2.10 # <%= ENV["NOBODY"] %>',
    "  - 192.0.2.10",
    "registry: none",
    "proxy:",
    '  app_port: <%= ENV.fetch("PORT") %>',
    "  hots: [a.example]",
    "ssh:",
    '  <%= File.read("ssh.yml") %>',
    "retain_containers: many",
    "",
  ].join("\n");
  expect((await failure(load({ "config/deploy.yml": text }))).details).toEqual([
    "config/deploy.yml:1:10 the environment variable NAME is not set",
    "config/deploy.yml:4:5 the environment variable ONE is not set",
    "config/deploy.yml:6:5 servers.2: the host 192.0.2.10 is listed twice in this role",
    "config/deploy.yml:9:13 the environment variable PORT is not set",
    "config/deploy.yml:10:3 proxy.hots: unknown key; did you mean host?",
    "config/deploy.yml:12:3 the file ssh.yml is not there",
    "config/deploy.yml:13:20 retain_containers: expected a whole number of at least 1",
  ]);
});

it("says only what ERB lacks where that may have broken the YAML", async () => {
  const text = `${plain}proxy: <%= ENV.fetch("A") %>: b\n`;
  expect((await failure(load({ "config/deploy.yml": text }))).details).toEqual([
    "config/deploy.yml:7:8 the environment variable A is not set",
  ]);
});

it("points into the destination's file for what was written there", async () => {
  const files = { "config/deploy.yml": plain, "config/deploy.qa.yml": "proxy:\n  app_port: x\n" };
  expect((await failure(load(files, {}, "qa"))).details).toEqual([
    "config/deploy.qa.yml:2:13 proxy.app_port: expected a whole number from 1 to 65535",
  ]);
});

it("points past what ERB printed into the file as written", async () => {
  const printed = `x-a: <%= "a" + "b" %>\nx-b: "<%= \`printf 'x\\n\\n  y'\` %>"\n`;
  expect((await failure(load({ "config/deploy.yml": `${printed}${plain}prox: {}\n` }))).details).toEqual([
    "config/deploy.yml:9:1 prox: unknown key; did you mean proxy?",
  ]);
});

it("refuses a file that asks for a newer version of us", async () => {
  expect((await failure(load({ "config/deploy.yml": `${plain}minimum_version: 0.5.0\n` }))).details).toEqual([
    "config/deploy.yml:7:18 minimum_version: this is version 0.4.0, and the file asks for 0.5.0 or later",
  ]);
});

it("takes a higher version for Kamal's and only notes it", async () => {
  const { warnings } = await load({ "config/deploy.yml": `${plain}minimum_version: 2.3.0\n` });
  expect(warnings.map(problemLine)).toEqual([
    "config/deploy.yml:7:18 minimum_version: 2.3.0 is taken for a version of Kamal's and not compared with ours",
  ]);
});

it("says what is wrong beside a mistake, and not what only follows from it", async () => {
  const proxy = "proxy:\n  ssl: true\n  hots: [a.example]\n  trusted_proxies: [nowhere]\n";
  expect((await failure(load({ "config/deploy.yml": `${plain}${proxy}` }))).details).toEqual([
    "config/deploy.yml:9:3 proxy.hots: unknown key; did you mean host?",
    "config/deploy.yml:10:21 proxy.trusted_proxies.0: expected an address or a network, such as 10.0.0.0/8, not nowhere",
  ]);
});

it("warns of a folder of hooks that is not there", async () => {
  const { warnings } = await load({ "config/deploy.yml": `${plain}hooks_path: deploy/hooks\n` });
  expect(warnings.map(problemLine)).toEqual([
    "config/deploy.yml:7:13 hooks_path: there is no folder deploy/hooks, so there are no hooks",
  ]);
});

it("warns of an alias that can never be used", async () => {
  const { warnings } = await load({
    "config/deploy.yml": `${plain}aliases:\n  logs: app logs\n  app: app exec sh\n`,
  });
  expect(warnings.map(problemLine)).toEqual([
    "config/deploy.yml:9:8 aliases.app: is never used: deploy app is a command already",
  ]);
});

it("refuses a hook that cannot be run", async () => {
  const files = { "config/deploy.yml": plain, ".kamal/hooks/pre-deploy": "#!/bin/sh\n" };
  const notExecutable = async (path: string) =>
    path.endsWith(".kamal/hooks/pre-deploy")
      ? ({ kind: "file", readable: true, executable: false } as const)
      : null;
  expect((await failure(load(files, { look: notExecutable }))).details).toEqual([
    "config/deploy.yml:1:1 hooks_path: .kamal/hooks/pre-deploy is not executable; chmod +x .kamal/hooks/pre-deploy",
  ]);
});

it("refuses keys of which none is there, and none when one is", async () => {
  const withKeys = `${plain}ssh:\n  keys: [~/.ssh/one, two]\n`;
  expect((await failure(load({ "config/deploy.yml": withKeys }))).details).toEqual([
    "config/deploy.yml:8:3 ssh.keys: there is no key file ~/.ssh/one, nor two",
  ]);
  const { config } = await load({ "config/deploy.yml": withKeys, two: "" });
  expect(config.ssh.keys).toEqual(["~/.ssh/one", "two"]);
});

it("lets the environment that the file's ERB loaded be seen by what comes after", async () => {
  const text = `<% require "dotenv"; Dotenv.load %>\n${plain}`;
  const { env } = await load({ "config/deploy.yml": text, ".env": "FROM_DOTENV=yes\n" });
  expect(env["FROM_DOTENV"]).toBe("yes");
});

it("does not let anchors multiply without end", async () => {
  const bomb = Array.from({ length: 12 }, (_, level) =>
    level === 0
      ? "x-0: &a0 [0,0,0,0,0,0,0,0]"
      : `x-${level}: &a${level} [${Array(8)
          .fill(`*a${level - 1}`)
          .join(",")}]`,
  );
  const error = await failure(load({ "config/deploy.yml": `${bomb.join("\n")}\n${plain}` }));
  expect(error.details?.join()).toContain("the anchors multiply to more than can be meant");
});

it("refuses roles that would answer to the same name on one host", async () => {
  const text = plain.replace(
    "servers: [192.0.2.10]",
    "servers:\n  web: [192.0.2.10]\n  api:\n    hosts: [192.0.2.10]\n    proxy: true",
  );
  expect((await failure(load({ "config/deploy.yml": text }))).details).toEqual([
    "config/deploy.yml:1:1 proxy: the roles web and api both answer to every name on 192.0.2.10; give each its own host or path_prefix",
  ]);
});

it("tells of keys and ssh_config files that cannot be read, and of those that are not there", async () => {
  const files = { "config/deploy.yml": `${plain}ssh:\n  keys: [~/.ssh/theirs]\n  config: [gone]\n` };
  const look = async (path: string) =>
    path.endsWith("/theirs") ? ({ kind: "file", readable: false, executable: false } as const) : null;
  expect((await failure(load(files, { look }))).details).toEqual([
    "config/deploy.yml:8:10 ssh.keys.0: ~/.ssh/theirs cannot be read by this user",
    "config/deploy.yml:9:3 ssh.config: there is no file gone",
  ]);
});
