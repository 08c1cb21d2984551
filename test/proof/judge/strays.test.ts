import { expect, test } from "vitest";
import { aHost } from "./builders.fixture.ts";
import { strays } from "./strays.ts";

const role = { kind: "role", app: "hello" };
const withContainer = (name: string, state: string, release: string, whose = role) => {
  const host = aHost("2");
  return { ...host, containers: [...host.containers, { name, state, release, ...whose }] };
};

test("what serves and what is kept are no strays", () => {
  expect(strays(aHost("2"))).toEqual([]);
});

test("others' containers are none of ours", () => {
  expect(strays(withContainer("other-web-x", "running", "x", { kind: "role", app: "other" }))).toEqual([]);
});

test("a container that runs beside what serves is one", () => {
  expect(strays(withContainer("hello-web-a2", "running", "a"))).toEqual([
    "hello-web-a2 is running and does not belong to what serves",
  ]);
});

test("so is one that was created and never started", () => {
  expect(strays(withContainer("hello-web-b2", "created", "b"))).toEqual([
    "hello-web-b2 is created and does not belong to what serves",
  ]);
});

test("so is one of a release that is not written down, or that was replaced", () => {
  expect(strays(withContainer("hello-web-z", "exited", "z"))).toEqual([
    "hello-web-z belongs to no release that is written down",
  ]);
  expect(strays(withContainer("hello-web-a_replaced_0123456789abcdef", "exited", "a"))).toEqual([
    "hello-web-a_replaced_0123456789abcdef was replaced and is still there",
  ]);
});

test("a host whose active release has no container is not in order", () => {
  expect(strays(aHost("2", { active: "c", records: ["a", "b", "c"] }))[0]).toBe(
    "the release that serves has no container",
  );
});

test("neither is one with files, locks or images left over", () => {
  expect(strays(aHost("2", { unfinished: [".x"], lock: "held", images: 3 }))).toEqual([
    ".x was never finished",
    "the lock is held after the end",
    "3 images for 2 releases",
  ]);
});
