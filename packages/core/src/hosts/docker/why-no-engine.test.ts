import { expect, test } from "vitest";
import { explained } from "./why-no-engine.ts";

/** The error for a host on which these were found. */
function forTraces(...found: string[]) {
  const { code, facts } = explained("vm1", "ops", (trace) => found.includes(trace), true, [
    "through its socket: no",
  ]);
  return { code, cause: facts.cause, hint: facts.hint };
}

test("a host without Docker is told how to get it", () => {
  expect(forTraces()).toEqual({
    code: "DOCKER_UNAVAILABLE",
    cause: "Docker is not installed on vm1",
    hint: expect.stringContaining("get.docker.com"),
  });
});

test("an engine that is there and stopped is told from one that is not there", () => {
  expect(forTraces("client")).toMatchObject({ hint: "as root on vm1: systemctl enable --now docker" });
});

test("a user who may not use Docker is named, with the group that would let them", () => {
  expect(forTraces("client", "socket")).toMatchObject({
    cause: "ops may not use Docker on vm1",
    hint: "as root on vm1: usermod -aG docker ops",
  });
});

test("an engine that is hung is not called anything else", () => {
  expect(forTraces("client", "socket", "writable").cause).toBe("Docker on vm1 does not answer");
});

test("where no script runs on the host, nothing is concluded from that", () => {
  const { facts } = explained("vm1", "ops", () => false, false, []);
  expect(facts.cause).toBe("Docker on vm1 does not answer");
});
