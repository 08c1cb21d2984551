import { expect, test } from "vitest";
import { DeployError } from "../errors/index.ts";
import { together } from "./together.ts";

function silent(host: string): DeployError {
  return new DeployError("HOST_UNREACHABLE", { host, cause: `${host} did not answer within 10 s` });
}

test("one error stays as it is", () => {
  const one = silent("web1");
  expect(together([one])).toBe(one);
});

test("hosts that failed alike are one line", () => {
  const { facts } = together([silent("web1"), silent("web2"), silent("web3")]);
  expect(facts).toMatchObject({ host: "web1", details: ["the same on web2, web3"] });
});

test("another cause has a line of its own, with its hosts", () => {
  const full = (host: string) => new DeployError("DISK_FULL", { host, cause: `${host} has no room left` });
  const { facts } = together([silent("web1"), full("web2"), silent("web3"), full("web4")]);
  expect(facts.details).toEqual(["the same on web3", "web2, web4: web2 has no room left"]);
});

test("of fifty hosts ten are named and the others counted", () => {
  const { facts } = together(Array.from({ length: 50 }, (_, index) => silent(`web${index}`)));
  expect(facts.details?.[0]).toMatch(/web10 and 39 more$/);
});

test("the evidence of the first one stays below", () => {
  const first = new DeployError("GATE_FAILED", { host: "web1", cause: "web1 is ill", details: ["its log"] });
  expect(together([first, silent("web2")]).facts.details?.at(-1)).toBe("its log");
});
