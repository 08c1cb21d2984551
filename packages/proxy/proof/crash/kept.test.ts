import { expect, test } from "vitest";
import { after, asText, nextSwitch, possibleChanges } from "./kept.ts";

const first = after({}, { service: "a", verb: "commit", release: "r1" }, "s1");
const second = after(first, { service: "a", verb: "commit", release: "r2" }, "s2");

test("a commit keeps what served before", () => {
  expect(asText(second)).toBe('a={"active":"r2","previous":"r1","lastSwitch":"s2","traffic":"open"}');
});

test("a revert swaps the two", () => {
  const reverted = after(second, { service: "a", verb: "revert" }, nextSwitch(second, "a"));
  expect(reverted["a"]).toMatchObject({ active: "r1", previous: "r2", lastSwitch: "s3" });
});

test("a removed service is gone, and the other one is not", () => {
  const both = after(second, { service: "b", verb: "commit", release: "r3" }, "s1");
  expect(Object.keys(after(both, { service: "a", verb: "remove" }, ""))).toEqual(["b"]);
});

test("services in another order are the same", () => {
  const b = after({}, { service: "b", verb: "commit", release: "r3" }, "s1");
  expect(asText({ ...first, ...b })).toBe(asText({ ...b, ...first }));
});

test("nothing is reverted where nothing served before", () => {
  expect(possibleChanges(first, "a", "r2").map(({ verb }) => verb)).not.toContain("revert");
});
