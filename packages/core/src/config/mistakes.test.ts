import { expect, it, test } from "vitest";
import { DeployError } from "../errors/index.ts";
import { loadConfig } from "./load.ts";
import { aWorkspace } from "./testing/a-workspace.ts";
import type { Workspace } from "./workspace.ts";

const plain = `service: shop
image: acme/shop
servers: [192.0.2.10]
registry: none
`;

async function refusal(
  files: Record<string, string>,
  { destination = null, ...change }: Partial<Workspace> & { destination?: string | null } = {},
): Promise<DeployError> {
  const request = { configFile: "config/deploy.yml", destination, toolVersion: "0.1.0" };
  const error: unknown = await loadConfig({ ...aWorkspace(files), ...change }, request).catch(
    (reason: unknown) => reason,
  );
  if (error instanceof DeployError) return error;
  throw new Error("it was accepted", { cause: error });
}

test.each([
  [
    "a word that is nearly one",
    "boot: {strategy: atomc}\n",
    "5:18 boot.strategy: expected atomic or batches; did you mean atomic?",
  ],
  [
    "a processor that is nearly one",
    "builder: {arch: amd46}\n",
    "5:17 builder.arch: expected amd64, arm64, or a list of them; did you mean amd64?",
  ],
  ["more than all hosts", "unreachable: {allow: 120%}\n", "5:22 unreachable.allow: a share is at most 100%"],
  ["an alias with a quote too few", 'aliases: {c: "app exec \'ls"}\n', "5:14 aliases.c: a ' is not closed"],
  [
    "a variable with = in its name",
    "env: {clear: {A=B: c}}\n",
    "5:20 env.clear.A=B: a variable's name is not empty and has no = in it",
  ],
  [
    "a secret with = in its variable's name",
    "env: {secret: [A=B]}\n",
    "5:16 env.secret.0: a variable's name is not empty and has no = in it",
  ],
  [
    "a site with its scheme",
    "proxy: {host: https://shop.example}\n",
    "5:15 proxy.host: https://shop.example is no host's name: it is written without scheme, port and path",
  ],
  [
    "a network with too many bits",
    "proxy: {trusted_proxies: [10.0.0.0/8, 10.0.0.0/99]}\n",
    "5:39 proxy.trusted_proxies.1: expected an address or a network, such as 10.0.0.0/8, not 10.0.0.0/99",
  ],
  [
    "an address that is none",
    "proxy: {run: {bind_ips: [1.2.3]}}\n",
    "5:26 proxy.run.bind_ips.0: expected an address, not 1.2.3",
  ],
  [
    "an ACME directory without TLS",
    "proxy: {run: {acme: {directory: http://ca.internal/dir}}}\n",
    "5:33 proxy.run.acme.directory: expected an https URL",
  ],
  [
    "a challenge that is nearly one",
    "proxy: {run: {acme: {challenges: [http-1]}}}\n",
    "5:35 proxy.run.acme.challenges.0: expected http-01 or tls-alpn-01; did you mean http-01?",
  ],
  [
    "an authority without the directory that it signs for",
    "proxy: {run: {acme: {ca: config/deploy.yml}}}\n",
    "5:26 proxy.run.acme.ca: needs directory: Let's Encrypt's own is signed by a usual authority",
  ],
  [
    "an authority's file that is not there",
    "proxy: {run: {acme: {directory: https://ca.internal/dir, ca: ca.pem}}}\n",
    "5:62 proxy.run.acme.ca: ca.pem cannot be used: there is no such file",
  ],
  [
    "an authority's file without a certificate",
    "proxy: {run: {acme: {directory: https://ca.internal/dir, ca: config/deploy.yml}}}\n",
    "5:62 proxy.run.acme.ca: there is no certificate in config/deploy.yml; PEM is expected",
  ],
  [
    "one port for http and https",
    "proxy: {run: {http_port: 8443, https_port: 8443}}\n",
    "5:44 proxy.run.https_port: http and https cannot both have port 8443",
  ],
  [
    "state in the root of a host",
    "run_directory: /\n",
    "5:16 run_directory: must be a folder of its own, such as /srv/cutover, and have no .. in it",
  ],
  [
    "state above a folder",
    "run_directory: state/../..\n",
    "5:16 run_directory: must be a folder of its own, such as /srv/cutover, and have no .. in it",
  ],
  ["a deploy without time", "deploy_timeout: 0\n", "5:17 deploy_timeout: must be more than 0"],
  [
    "probes without a pause",
    "proxy: {healthcheck: {interval: 0s}}\n",
    "5:33 proxy.healthcheck.interval: must be more than 0",
  ],
  [
    "a probe without time",
    "proxy: {healthcheck: {timeout: 0}}\n",
    "5:32 proxy.healthcheck.timeout: must be more than 0",
  ],
  [
    "a jump host with a blank",
    "ssh: {proxy: a b}\n",
    "5:14 ssh.proxy: expected [user@]host[:port] as jump host 1",
  ],
  [
    "a jump host's port that can be none",
    "ssh: {proxy: ops@gate.example:70000}\n",
    "5:14 ssh.proxy: jump host 1 has port 70000, and ports end at 65535",
  ],
  ["a list that does not end", "volumes: [a\n", "6:1 a [ or { is not closed in the lines above"],
  ["a quote that does not end", 'env: {A: "x\n', "6:1 a quote is not closed in the lines above"],
  [
    "an ERB tag that does not end",
    "env: {A: <%= ENV['A']}\n",
    /^config\/deploy\.yml:5:10 this ERB tag is not closed, or needs Ruby; there is none on the PATH/,
  ],
])("%s is told at its place", async (_, added, told) => {
  const { details } = (await refusal({ "config/deploy.yml": plain + added }, { run: async () => null }))
    .facts;
  expect(details).toEqual([
    typeof told === "string" ? `config/deploy.yml:${told}` : expect.stringMatching(told),
  ]);
});

test.each([
  ["acme/shop:latest", "has no tag: each deploy gives it the version for one"],
  ["acme/my shop", "has no blanks in it"],
])("an image called %s is refused", async (image, told) => {
  const { details } = (await refusal({ "config/deploy.yml": plain.replace("acme/shop", image) })).facts;
  expect(details).toEqual([`config/deploy.yml:2:8 image: ${told}`]);
});

test.each([
  [
    "{server: https://ghcr.io/, username: a, password: [P]}",
    "registry.server: is written without scheme and slash at the end: ghcr.io",
  ],
  ["{username: [A, B], password: [P]}", "registry.username: expected one secret's name"],
])("a registry %s is refused", async (registry, told) => {
  const { details } = (await refusal({ "config/deploy.yml": plain.replace("none", registry) })).facts;
  expect(details?.join()).toContain(told);
});

it("takes a name that is given twice for one", async () => {
  const text = `${plain}proxy: {hosts: [shop.example, shop.example]}\n`;
  const request = { configFile: "config/deploy.yml", destination: null, toolVersion: "0.1.0" };
  const { config } = await loadConfig(aWorkspace({ "config/deploy.yml": text }), request);
  expect(config.roles[0]?.proxy?.hosts).toEqual(["shop.example"]);
});

it("says how another role is made the primary one", async () => {
  const text = plain.replace("[192.0.2.10]", "{app: [192.0.2.10]}");
  const { details } = (await refusal({ "config/deploy.yml": text })).facts;
  expect(details?.join()).toContain("there is app; primary_role names another one: primary_role: app");
});

it("tells of the destinations that there are, the nearest first, when one has no file", async () => {
  const files = {
    "config/deploy.yml": plain,
    "config/deploy.staging.yml": "",
    "config/deploy.production.yml": "",
  };
  expect((await refusal(files, { destination: "stagin" })).facts).toMatchObject({
    cause: "There is no config/deploy.stagin.yml here",
    hint: "Did you mean -d staging? There are: production, staging",
  });
  expect((await refusal({ "config/deploy.yml": plain }, { destination: "qa" })).facts.hint).toContain(
    "no destinations yet",
  );
});

it("tells a folder and a file of somebody else's from one that is not there", async () => {
  const folder = await refusal({ "config/deploy.yml/shop.yml": plain });
  expect(folder).toMatchObject({
    code: "CONFIG_NOT_FOUND",
    facts: { cause: "The configuration config/deploy.yml is a folder" },
  });
  const look = async () => ({ kind: "file", readable: false, executable: false }) as const;
  const theirs = await refusal({ "config/deploy.yml": plain }, { look });
  expect(theirs).toMatchObject({
    code: "CONFIG_INVALID",
    facts: { cause: "config/deploy.yml cannot be read by this user" },
  });
});
