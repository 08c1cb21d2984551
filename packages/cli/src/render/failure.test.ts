import { DeployError } from "@cutover/core/errors";
import { expect, test } from "vitest";
import { failureLines } from "./failure.ts";
import { palette } from "./palette.ts";

const plain = palette(false);

test("a failed step is told as host, step, cause, state and next command, evidence last", () => {
  const error = new DeployError("GATE_FAILED", {
    host: "vm1",
    step: "wait for web to be healthy",
    cause: "The container exited with code 1 after 0.3 s",
    state: "not-switched",
    hint: "deploy app logs --hosts vm1",
    details: ["Error: Cannot find module './server.js'", "  at node:internal"],
  });
  expect(failureLines(error.toJSON(), plain)).toEqual([
    "✗ Wait for web to be healthy on vm1 failed [GATE_FAILED]",
    "  cause  The container exited with code 1 after 0.3 s",
    "  state  not switched (what served before serves still)",
    "  next   deploy app logs --hosts vm1",
    "",
    "  │ Error: Cannot find module './server.js'",
    "  │   at node:internal",
  ]);
});

test("a failure that belongs to no step has its cause as the heading", () => {
  const error = new DeployError("CONFIG_NOT_FOUND", {
    cause: "there is no config/deploy.yml here",
    hint: "cd to your app",
  });
  expect(failureLines(error.toJSON(), plain)).toEqual([
    "✗ There is no config/deploy.yml here [CONFIG_NOT_FOUND]",
    "  next   cd to your app",
  ]);
});

test("a failure of a host outside any step names the host first", () => {
  const error = new DeployError("HOST_UNREACHABLE", { host: "vm1", cause: "nothing answers on port 22" });
  expect(failureLines(error.toJSON(), plain)).toEqual([
    "✗ vm1: Nothing answers on port 22 [HOST_UNREACHABLE]",
  ]);
});

test("a heading that begins with a name leaves the name as it is", () => {
  const error = new DeployError("TRANSFER_FAILED", { cause: "registry:4443/hello could not be pulled" });
  expect(failureLines(error.toJSON(), plain)[0]).toBe(
    "✗ registry:4443/hello could not be pulled [TRANSFER_FAILED]",
  );
});

test("what comes before the evidence never takes more than ten lines", () => {
  const long = Array.from({ length: 30 }, (_, line) => `line ${line}`).join("\n");
  const error = new DeployError("SPLIT", {
    host: "vm1",
    cause: long,
    hint: long,
    state: "split",
    details: ["x"],
  });
  expect(failureLines(error.toJSON(), plain).indexOf("")).toBeLessThanOrEqual(10);
});

test("evidence from a host cannot draw on the user's terminal", () => {
  const error = new DeployError("GATE_FAILED", {
    cause: "no",
    details: ["\u001b[2J\u001b]0;owned\u0007text"],
  });
  expect(failureLines(error.toJSON(), plain).join("\n")).not.toContain("\u001b");
});
