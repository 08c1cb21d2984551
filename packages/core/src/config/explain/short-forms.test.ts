import { expect, test } from "vitest";
import { parseYaml } from "../parse/parse.ts";
import type { MapNode } from "../parse/tree.ts";
import { writtenAt } from "./short-forms.ts";

function tree(text: string): MapNode {
  const offset = (rendered: number) => rendered;
  const { root } = parseYaml({ file: "deploy.yml", text, original: { text, offset } });
  if (root?.kind !== "map") throw new Error("it is no mapping");
  return root;
}

test.each([
  ["a list of servers is the role web", "servers: [a, b]", "servers.web", "servers"],
  ["a list of servers is the hosts of the role web", "servers: [a, b]", "servers.web.hosts.1", "servers.1"],
  ["a role's list is its hosts", "servers: {job: [a]}", "servers.job.hosts", "servers.job"],
  ["a list of servers has no other role", "servers: [a]", "servers.job.hosts", "servers.job.hosts"],
  ["variables may stand under env itself", "env: {A: b}", "env.clear.A", "env.A"],
  ["a secret is no variable with a value", "env: {secret: [A]}", "env.clear.A", "env.clear.A"],
  ["host is written for hosts", "proxy: {host: a}", "proxy.hosts", "proxy.host"],
  ["a role has the root's proxy", "proxy: {app_port: 3000}", "servers.web.proxy.app_port", "proxy.app_port"],
  [
    "what a role says itself",
    "servers: {web: {env: {A: b}}}\nenv: {A: c}",
    "servers.web.env.clear.A",
    "servers.web.env.A",
  ],
  [
    "a role without the proxy",
    "servers: {web: {proxy: false}}\nproxy: {app_port: 3}",
    "servers.web.proxy.app_port",
    "servers.web.proxy.app_port",
  ],
  ["what nobody wrote", "service: shop", "proxy.app_port", "proxy.app_port"],
])("%s", (_, text, asked, written) => {
  expect(writtenAt(tree(text), asked.split(".")).join(".")).toBe(written);
});
