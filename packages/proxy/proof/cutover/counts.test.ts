import { expect, test } from "vitest";
import { violationsOfCounts } from "./counts.ts";

const once = { atLeast: 1, atMost: 1, app: "v1" };
const app = (name: string, ...ids: string[]) => ({ name, counted: async () => ids });

test("a POST that was answered and counted once is well", async () => {
  expect(await violationsOfCounts(new Map([["p1", once]]), [app("v1", "p1"), app("v2")])).toEqual([]);
});

test("one that was counted twice is doubled, by one app or by two", async () => {
  const allowed = new Map([["p1", once]]);
  expect((await violationsOfCounts(allowed, [app("v1", "p1", "p1")]))[0]).toMatch(/^doubled/);
  expect((await violationsOfCounts(allowed, [app("v1", "p1"), app("v2", "p1")]))[0]).toMatch(/^doubled/);
});

test("one that was answered and never counted is lost", async () => {
  expect((await violationsOfCounts(new Map([["p1", once]]), [app("v1")]))[0]).toMatch(/^lost/);
});

test("one that was answered by another than counted it is told", async () => {
  expect((await violationsOfCounts(new Map([["p1", once]]), [app("v2", "p1")]))[0]).toMatch(/answered by v1/);
});

test("one that failed may have been counted once, and need not", async () => {
  const allowed = new Map([["p1", { atLeast: 0, atMost: 1, app: null }]]);
  expect(await violationsOfCounts(allowed, [app("v1", "p1")])).toEqual([]);
  expect(await violationsOfCounts(allowed, [app("v1")])).toEqual([]);
});
