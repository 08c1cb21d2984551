import { expect, test } from "vitest";
import type { Plan } from "../plan/plan.ts";
import type { MadeSwitch } from "../steps/memory.ts";
import { spreadMs } from "./spread.ts";

function made(host: string, sentAt: number, answeredAt: number): MadeSwitch {
  return {
    host,
    service: "shop-web",
    switch: "s1",
    at: 0,
    previous: null,
    sentAt,
    answeredAt,
    reverted: false,
  };
}

/** A plan that switches these groups of hosts one after another. */
function switching(...groups: string[][]): Plan {
  const phases = groups.map((hosts) => {
    const lanes = hosts.map((host) => ({ host, steps: [] }));
    return { name: "switch" as const, title: "Switch", onFailure: "undo" as const, lanes };
  });
  const image = { repository: "shop", tag: "v2", digest: "sha256:0" };
  return { release: { id: "r2", version: "v2", image }, phases };
}

test("it is from the first one sent to the last one answered", () => {
  const switches = [made("web1", 100, 108.04), made("web2", 101, 112.56)];
  expect(spreadMs(switching(["web1", "web2"]), switches)).toBe(12.6);
});

test("of groups it is the widest one's, without the time between them", () => {
  const switches = [made("web1", 100, 110), made("web2", 60_000, 60_020)];
  expect(spreadMs(switching(["web1"], ["web2"]), switches)).toBe(20);
});

test("it is 0 where nothing was switched", () => {
  expect(spreadMs(switching(), [])).toBe(0);
});
