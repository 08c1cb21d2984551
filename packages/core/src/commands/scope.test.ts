import { expect, test } from "vitest";
import type { Config } from "../config/config.ts";
import { DeployError, type ErrorCode } from "../errors/index.ts";
import { canLeave, EVERYWHERE, scopeOf } from "./scope.ts";

/** `web1` and `web2` run the role web, `job1` jobs. */
function aConfig(allow: Config["unreachable"]["allow"] = { hosts: 0 }): Config {
  const role = (name: string, ...hosts: string[]) => ({ name, hosts: hosts.map((host) => ({ host })) });
  return {
    roles: [role("web", "web1", "web2"), role("jobs", "job1")],
    appHosts: ["web1", "web2", "job1"],
    primaryHost: "web1",
    unreachable: { allow },
  } as unknown as Config;
}

function failing(host: string, code: ErrorCode = "HOST_UNREACHABLE"): DeployError {
  return new DeployError(code, { host, cause: "it is down" });
}

const only = (hosts: string[]) => ({ ...EVERYWHERE, filter: { hosts, roles: null, primary: false } });

test("the primary host is connected to for its lock, also when it is not targeted", () => {
  const scope = scopeOf(aConfig(), only(["job*"]));
  expect(scope.targets.map(({ host }) => host)).toEqual(["job1"]);
  expect(scope.hosts).toEqual(["web1", "job1"]);
});

test("no host may be left behind unless that is allowed", () => {
  expect(canLeave(scopeOf(aConfig(), EVERYWHERE), [failing("web2")])).toBe(false);
});

test("as many may be left behind as the configuration allows", () => {
  const scope = scopeOf(aConfig({ hosts: 1 }), EVERYWHERE);
  expect(canLeave(scope, [failing("web2")])).toBe(true);
  expect(canLeave(scope, [failing("web2"), failing("job1")])).toBe(false);
});

test("a percentage is of the targeted hosts, rounded down", () => {
  expect(scopeOf(aConfig({ percent: 34 }), EVERYWHERE).mayLeave).toBe(1);
  expect(scopeOf(aConfig({ percent: 30 }), EVERYWHERE).mayLeave).toBe(0);
});

test("with --skip-unreachable all may but the primary host, which holds the lock", () => {
  const scope = scopeOf(aConfig(), { ...EVERYWHERE, skipUnreachable: true });
  expect(canLeave(scope, [failing("web2"), failing("job1")])).toBe(true);
  expect(canLeave(scope, [failing("web1")])).toBe(false);
});

test("a host whose engine is down counts as down, one with another key or login does not", () => {
  const scope = scopeOf(aConfig({ hosts: 1 }), EVERYWHERE);
  expect(canLeave(scope, [failing("web2", "DOCKER_UNAVAILABLE")])).toBe(true);
  expect(canLeave(scope, [failing("web2", "HOST_KEY_CHANGED")])).toBe(false);
  expect(canLeave(scope, [failing("web2", "HOST_AUTHENTICATION")])).toBe(false);
});
