import { expect, test } from "vitest";
import type { Config, Role } from "../config/config.ts";
import type { HostFilter } from "./context.ts";
import { chooseTargets } from "./targets.ts";

/** Web on four hosts, jobs on one of them and one of its own. */
function aConfig(): Config {
  const role = (name: string, hosts: string[]) =>
    ({ name, hosts: hosts.map((host) => ({ host })) }) as unknown as Role;
  return {
    roles: [role("web", ["web1", "web2", "web-eu.example.com"]), role("jobs", ["web2", "jobs1"])],
    appHosts: ["web1", "web2", "web-eu.example.com", "jobs1"],
    primaryHost: "web1",
  } as unknown as Config;
}

const choose = (filter: Partial<HostFilter>) =>
  chooseTargets(aConfig(), { hosts: null, roles: null, primary: false, ...filter }).map(
    ({ host, roles }) => `${host}: ${roles.map(({ name }) => name).join(" ")}`,
  );

test("chooses every host without a filter", () => {
  expect(choose({})).toEqual(["web1: web", "web2: web jobs", "web-eu.example.com: web", "jobs1: jobs"]);
});

test.each([
  ["web?", ["web1: web", "web2: web jobs"]],
  ["web*", ["web1: web", "web2: web jobs", "web-eu.example.com: web"]],
  ["web[13]", ["web1: web"]],
  ["{web1,jobs1}", ["web1: web", "jobs1: jobs"]],
  ["web-eu.example.com", ["web-eu.example.com: web"]],
])("understands %s among hosts", (pattern, expected) => {
  expect(choose({ hosts: [pattern] })).toEqual(expected);
});

test("takes a dot for a dot", () => {
  expect(() => choose({ hosts: ["web-eu-example.com*"] })).toThrow("there is no host");
});

test("takes a bracket that is never closed for itself", () => {
  expect(() => choose({ hosts: ["web[1"] })).toThrow("there is no host web[1 in the configuration");
});

test("chooses the hosts of a role, and only that role on them", () => {
  expect(choose({ roles: ["jobs"] })).toEqual(["web2: jobs", "jobs1: jobs"]);
});

test("chooses the primary host", () => {
  expect(choose({ primary: true })).toEqual(["web1: web"]);
});

test("chooses a role's first host where the primary one has no such role", () => {
  expect(choose({ primary: true, roles: ["jobs"] })).toEqual(["web2: jobs"]);
});

test("says which name was probably meant", () => {
  expect(() => choose({ hosts: ["wbe1"] })).toThrow(
    expect.objectContaining({
      code: "USAGE",
      facts: expect.objectContaining({ hint: "did you mean web1?" }),
    }),
  );
});
