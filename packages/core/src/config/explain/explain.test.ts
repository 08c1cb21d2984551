import { expect, it } from "vitest";
import type { DeployError } from "../../errors/index.ts";
import { loadConfig } from "../load.ts";
import { aWorkspace } from "../testing/a-workspace.ts";
import { explain } from "./explain.ts";
import { withoutPasswords } from "./hidden.ts";
import { mergedYaml } from "./merged-yaml.ts";

const base = `service: shop
image: acme/shop
servers: [192.0.2.10]
registry:
  username: acme
  password: in-the-open
proxy:
  host: example.com
  app_port: 3000
env:
  clear:
    LEVEL: info
`;
const staging = `proxy:
  host: staging.example.com
`;

function load() {
  const workspace = aWorkspace({ "config/deploy.yml": base, "config/deploy.staging.yml": staging });
  return loadConfig(workspace, {
    configFile: "config/deploy.yml",
    destination: "staging",
    toolVersion: "0.1.0",
  });
}

it("says which file and line a value came from", async () => {
  const { merged } = await load();
  expect(explain(merged, "proxy.host")).toMatchObject({
    from: "file",
    value: "staging.example.com",
    source: { file: "config/deploy.staging.yml", line: 2 },
  });
  expect(explain(merged, "proxy.app_port")).toMatchObject({
    from: "file",
    value: 3000,
    source: { file: "config/deploy.yml", line: 9 },
  });
  expect(explain(merged, "env.clear.LEVEL")).toMatchObject({ from: "file", value: "info" });
});

it("says where the hosts of a role come from that are written as a list", async () => {
  const { merged } = await load();
  expect(explain(merged, "servers.web.hosts")).toMatchObject({
    from: "file",
    value: ["192.0.2.10"],
    source: { file: "config/deploy.yml", line: 3 },
  });
});

it("says that nobody wrote it, and what it is then", async () => {
  const { merged } = await load();
  expect(explain(merged, "proxy.healthcheck.path")).toMatchObject({ from: "default", value: "/up" });
  expect(explain(merged, "retain_containers")).toMatchObject({ from: "default", value: 5 });
});

it("refuses a path that cannot be, with the nearest that can", async () => {
  const { merged } = await load();
  expect(() => explain(merged, "proxy.healthchek.path")).toThrow(
    expect.objectContaining({
      code: "USAGE",
      facts: expect.objectContaining({ hint: "Did you mean proxy.healthcheck?" }),
    }) as DeployError,
  );
});

it("says how to see what there is, where nothing can be below", async () => {
  const { merged } = await load();
  expect(() => explain(merged, "service.name")).toThrow(
    expect.objectContaining({
      facts: expect.objectContaining({ hint: "deploy config --explain service" }),
    }) as DeployError,
  );
});

it("shows the files as one, each value with its place, and no password", async () => {
  const text = mergedYaml((await load()).merged);
  expect(text).toContain("host: staging.example.com # config/deploy.staging.yml:2\n");
  expect(text).toContain("app_port: 3000 # config/deploy.yml:9\n");
  expect(text).not.toContain("in-the-open");
});

it("hides a password wherever it is shown", async () => {
  const { config, merged } = await load();
  expect(withoutPasswords(config).registry.password).toBe("[REDACTED]");
  expect(explain(merged, "registry.password")).toMatchObject({ value: "[REDACTED]" });
  expect(explain(merged, "registry")).toMatchObject({ value: { username: "acme", password: "[REDACTED]" } });
});
