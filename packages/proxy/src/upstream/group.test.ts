import { expect, test } from "vitest";
import { aRelease } from "../testing/builders.ts";
import { TargetGroup } from "./group.ts";

const three = () => new TargetGroup(aRelease("r1", { targets: ["a:1", "b:1", "c:1"] }));
const out = { taken: false, failures: 2 };

test("equals take turns", () => {
  const group = three();
  const picked = new Set([1, 2, 3].map(() => group.pick().name));
  expect(picked.size).toBe(3);
});

test("the one with the least requests under way is picked", () => {
  const group = three();
  for (const upstream of group.upstreams) upstream.inFlight = upstream.name === "b:1" ? 1 : 2;
  expect([1, 2, 3].map(() => group.pick().name)).toEqual(["b:1", "b:1", "b:1"]);
});

test("one that is unwell is not picked", () => {
  const group = three();
  (group.upstreams[1] ?? group.pick()).health = out;
  expect([1, 2, 3, 4].map(() => group.pick().name)).not.toContain("b:1");
});

test("when all are unwell requests still go somewhere", () => {
  const group = three();
  for (const upstream of group.upstreams) upstream.health = out;
  expect(group.pick()).toBeDefined();
});

test("instead of one that can't be reached another is picked, if there is one", () => {
  const group = three();
  const first = group.pick();
  expect(group.pickOther(first)).not.toBe(first);
  const alone = new TargetGroup(aRelease("r1"));
  expect(alone.pickOther(alone.pick())).toBeNull();
});
