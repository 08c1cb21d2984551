import { expect, test } from "vitest";
import { aDigest, aRecord, aRoleRecord } from "./builders.fixture.ts";
import { changesBetween } from "./changes.ts";

/** The same release deployed again: another id, another host name, other labels. */
function again(over: Parameters<typeof aRoleRecord>[0] = {}, record: Parameters<typeof aRecord>[0] = {}) {
  const settings = {
    Hostname: "web1-aaaaaaaaaaaa",
    Labels: { "cutover.release": "r3", "cutover.version": "v2", team: "a" },
    HostConfig: { Memory: 1, Binds: ["/a:/a"] },
  };
  return aRecord({ release: "r3", createdAt: 3, roles: [aRoleRecord({ settings, ...over })], ...record });
}

const before = again({
  settings: {
    Hostname: "web1-bbbbbbbbbbbb",
    Labels: { "cutover.release": "r2", "cutover.version": "v2", team: "a" },
    HostConfig: { Memory: 1, Binds: ["/a:/a"] },
  },
});

test("the same thing again differs in nothing", () => {
  expect(changesBetween(before, again())).toEqual([]);
});

test("where nothing serves it is the first", () => {
  expect(changesBetween(null, again())).toEqual([{ kind: "first" }]);
});

test("another commit and another image are told apart", () => {
  const image = { ...aRecord().image, digest: aDigest("c") };
  expect(changesBetween(before, again({}, { version: "v3" }))).toEqual([
    { kind: "version", from: "v2", to: "v3" },
  ]);
  expect(changesBetween(before, again({}, { image }))).toEqual([
    { kind: "image", from: aDigest("b"), to: aDigest("c") },
  ]);
});

test("variables are named as added, changed and removed, without a value", () => {
  const old = again({ environment: { A: "1", B: "1" } });
  expect(changesBetween(old, again({ environment: { B: "2", C: "1" } }))).toEqual([
    { kind: "environment", role: "web", added: ["C"], changed: ["B"], removed: ["A"] },
  ]);
});

test("a certificate that was renewed is a change", () => {
  expect(changesBetween(before, again({ certificate: "x" }))).toEqual([{ kind: "certificate", role: "web" }]);
});

test("a role that comes or goes is named", () => {
  const jobs = aRoleRecord({ role: "jobs" });
  const both = { ...before, roles: [...before.roles, jobs] };
  expect(changesBetween(before, both)).toEqual([{ kind: "role-added", role: "jobs" }]);
  expect(changesBetween(both, before)).toEqual([{ kind: "role-removed", role: "jobs" }]);
});

test.each([
  [{ drainTimeoutMs: 1 }, "drain_timeout"],
  [{ stopTimeoutMs: 1 }, "stop_timeout"],
  [{ restart: { Name: "no" } }, "options.restart"],
  [{ proxy: null }, "proxy"],
])("%j is told by its key of the configuration", (over, key) => {
  const [change] = changesBetween(before, again(over));
  expect(change?.kind === "config" ? change.keys[0] : null).toMatch(key);
});

test("settings of the container and the proxy are told by their keys, each once", () => {
  const settings = {
    Hostname: "mine",
    Cmd: ["bin/jobs", "-v"],
    Labels: { "cutover.release": "r3", "cutover.version": "v2", team: "b" },
    HostConfig: { Memory: 2, Binds: ["/b:/b"], LogConfig: { Type: "local", Config: {} } },
  };
  const proxy = {
    appPort: 80,
    tls: { source: "automatic" as const, redirect: true },
    options: { hosts: ["a.test"], responseTimeoutMs: 1, errorPages: { "502": "sorry" } },
    health: { path: "/well" },
  };
  expect(changesBetween(before, again({ settings, proxy }))).toEqual([
    {
      kind: "config",
      role: "web",
      keys: [
        "options (Hostname)",
        "labels.team",
        "options (HostConfig.Memory)",
        "volumes",
        "proxy.app_port",
        "proxy.ssl",
        "proxy.hosts",
        "proxy.healthcheck.path",
        "cmd",
        "logging",
        "proxy.response_timeout",
        "error_pages_path",
      ],
    },
  ]);
});
