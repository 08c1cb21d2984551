import { expect, test } from "vitest";
import { DeployError } from "../errors/index.ts";
import { hostFailure } from "./failure.ts";
import { ProxyRefusal } from "./proxy-refusal.ts";

test.each([
  ["(HTTP code 500) server error - write /x: no space left on device", "DISK_FULL"],
  ["the connection to web1 was lost", "HOST_UNREACHABLE"],
  ["No response from server", "HOST_UNREACHABLE"],
  ["dial unix /var/run/docker.sock: connect: connection refused", "DOCKER_UNAVAILABLE"],
  ["something odd", "INTERNAL"],
])("%s is %s", (message, code) => {
  expect(hostFailure("web1", "pull", new Error(message)).code).toBe(code);
});

test("Docker's status is left out of the sentence", () => {
  const error = hostFailure("web1", "pull", new Error("(HTTP code 500) server error - it broke "));
  expect(error.facts).toMatchObject({ cause: "it broke", host: "web1", step: "pull" });
});

test("SFTP's refusal to write says who may", () => {
  const error = Object.assign(new Error("Permission denied"), { code: 3 });
  expect(hostFailure("web1", "write", error).code).toBe("HOST_AUTHENTICATION");
});

test.each([
  [2, "No such file"],
  [4, "Failure"],
])("SFTP's status %d is told as state that cannot be used", (code, message) => {
  const error = hostFailure("web1", "write", Object.assign(new Error(message), { code }));
  expect(error).toMatchObject({ code: "STATE_UNUSABLE", exitCode: 32 });
  expect(error.facts.cause).toContain(message);
});

test("state that cannot be used is to be looked at where it lies, which run_directory may have moved", () => {
  const path = "/srv/deploys/apps/shop/active.json";
  const error = Object.assign(new Error("Failure"), { code: 4, path });
  const { hint } = hostFailure("web1", "write", error).facts;
  expect(hint).toBe("on web1: df -h; ls -la /srv/deploys/apps/shop");
});

test("the proxy's refusal keeps its code in the sentence", () => {
  const error = new ProxyRefusal({ code: "bad-request", message: "targets: expected a list" });
  expect(hostFailure("web1", "gate", error).facts.cause).toContain("bad-request");
});

test("a fencing number that the proxy has seen surpassed means that the lock was lost", () => {
  const error = new ProxyRefusal({ code: "stale-fence", message: "hello-web has seen 2; 1 is older" });
  expect(hostFailure("web1", "gate", error)).toMatchObject({ code: "LOCK_LOST", exitCode: 11 });
});

test("a typed error keeps its code and is told where it happened", () => {
  const error = hostFailure("web1", "gate", new DeployError("GATE_FAILED", { cause: "it exited" }));
  expect(error).toMatchObject({
    code: "GATE_FAILED",
    facts: { host: "web1", step: "gate", cause: "it exited" },
  });
});
