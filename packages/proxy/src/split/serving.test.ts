import { afterEach, beforeEach, expect, test } from "vitest";
import { TestProxy } from "../testing/harness.ts";
import { answering, type Origin } from "../testing/origin.ts";

let proxy: TestProxy;
let origins: Origin[];

beforeEach(async () => {
  proxy = await TestProxy.start();
  origins = await Promise.all(
    ["old", "new"].map((name) => answering(`HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n${name}`)),
  );
  await proxy.deploy("r1", [origins[0]?.target ?? ""]);
  await proxy.tell("prepare", {
    service: "app",
    candidate: "r2",
    targets: [origins[1]?.target ?? ""],
    options: { hosts: [] },
    health: {},
    deadlineMs: 2_000,
    expiresMs: 60_000,
  });
});

afterEach(async () => {
  await proxy.close();
  for (const origin of origins) origin.close();
});

const split = (percentHundredths: number) =>
  proxy.tell("split", { service: "app", candidate: "r2", percentHundredths });
const get = (cookie = "") =>
  proxy.exchange(`GET / HTTP/1.1\r\nHost: a\r\n${cookie}Connection: close\r\n\r\n`);

test("a share of clients sees the candidate, and each is kept where it is by a cookie", async () => {
  await split(5_000);
  expect(await get("Cookie: cutover-split=4999\r\n")).toMatch(/new$/);
  expect(await get("Cookie: cutover-split=5000\r\n")).toMatch(/old$/);
  const answer = await get();
  const [, place] = /Set-Cookie: cutover-split=(\d+); Path=\//.exec(answer) ?? [];
  expect(await get(`Cookie: cutover-split=${place}\r\n`)).toMatch(answer.endsWith("new") ? /new$/ : /old$/);
});

test("a share of nothing ends the split", async () => {
  await split(10_000);
  expect(await get()).toMatch(/new$/);
  await split(0);
  const answer = await get();
  expect(answer).toMatch(/old$/);
  expect(answer).not.toMatch(/Set-Cookie/);
});

test("a commit makes everybody see it", async () => {
  await split(100);
  await proxy.tell("commit", { service: "app", candidate: "r2", drainTimeoutMs: 1_000 });
  expect(await get("Cookie: cutover-split=9999\r\n")).toMatch(/new$/);
});

test("a candidate that is abandoned takes no more requests", async () => {
  await split(10_000);
  await proxy.tell("abandon", { service: "app", candidate: "r2", reason: "regressed" });
  expect(await get()).toMatch(/old$/);
});
