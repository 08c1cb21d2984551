import { expect, test } from "vitest";
import {
  aContainer,
  aHostState,
  anActive,
  aPlanInput,
  aProxy,
  aProxyService,
  aRecord,
  told,
} from "./builders.fixture.ts";
import { planRelease } from "./deploy-plan.ts";
import { unrouted } from "./unrouted.ts";

const serving = aHostState({
  records: [aRecord()],
  active: anActive({ release: "r2", version: "v2" }),
  containers: [aContainer({ id: "c2", name: "shop-web-v2", release: "r2", version: "v2" })],
});

test("a proxy that has lost its routes is told of the containers that serve, and nothing else happens", () => {
  const [boot, ...others] = unrouted([serving], "ab12");
  expect(others).toEqual([]);
  expect(boot).toMatchObject({ only: ["web"], about: ["web"], mark: "ab12" });
  const plan = planRelease(
    aPlanInput(boot === undefined ? [] : [boot], { proxy: null, tags: [], retain: null }),
  );
  expect(told(plan, "boot")).toEqual(["web1: pass-gate"]);
  expect(told(plan, "switch")).toEqual(["web1: switch"]);
  expect(plan.phases.map(({ name }) => name)).toEqual(["boot", "keep", "switch", "retire"]);
});

test("a proxy that knows its routes is let be", () => {
  const service = aProxyService({ candidate: "r2", targets: ["c2:3000"] });
  expect(unrouted([{ ...serving, proxy: aProxy({ services: [service] }) }], "ab12")).toEqual([]);
});

test("a host whose container does not run is for a deploy to put right", () => {
  expect(unrouted([{ ...serving, containers: [] }], "ab12")).toEqual([]);
});

test("a host that serves nothing of the app has nothing to be told", () => {
  expect(unrouted([aHostState()], "ab12")).toEqual([]);
});
