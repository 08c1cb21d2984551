import { expect, test } from "vitest";
import { aRelease } from "../testing/builders.ts";
import { afterCommit, afterDrop, afterRevert, notServing } from "./serving.ts";

const [one, two] = [aRelease("r1"), aRelease("r2")];
const first = afterCommit(notServing("app"), one, 100);
const second = afterCommit(first, two, 200);

test("the first commit has nothing before it", () =>
  expect(first).toMatchObject({
    active: one,
    previous: null,
    lastSwitch: { id: "s1", from: null, to: "r1" },
  }));

test("a commit keeps what served before", () =>
  expect(second).toMatchObject({
    active: two,
    previous: one,
    lastSwitch: { id: "s2", from: "r1", to: "r2" },
  }));

test("a revert is a switch of its own, back to what served before", () =>
  expect(afterRevert(second, 300)).toMatchObject({
    active: one,
    previous: two,
    lastSwitch: { id: "s3", from: "r2", to: "r1", at: 300 },
  }));

test("a revert of the first switch leaves nothing that serves", () =>
  expect(afterRevert(first, 300)).toMatchObject({ active: null, previous: one, lastSwitch: { to: null } }));

test("what was dropped can't be reverted to", () => expect(afterDrop(second).previous).toBeNull());

test("nothing that is given is changed", () => expect(first.previous).toBeNull());
