import { expect, test } from "vitest";
import { DeployError } from "../errors/index.ts";
import { aContainer, aRecord, aRoleRecord, aServingState } from "./builders.fixture.ts";
import { type PromisedPlan, parsePlanFile, refuseMoved } from "./plan-file.ts";
import { seenOf } from "./seen.ts";

const state = aServingState();
const record = aRecord();
const digest = record.image.digest;

function aPlan(over: Partial<PromisedPlan> = {}): PromisedPlan {
  return {
    app: "shop",
    version: "v2",
    release: "r2",
    image: { digest, origin: "registry" },
    hosts: [{ host: "web1", seen: seenOf(state, ["shop-web"]), record }],
    ...over,
  };
}

function moved(plan: PromisedPlan, now = state, wanted = record, image = digest): string[] {
  try {
    refuseMoved(plan, [now], { records: new Map([["web1", wanted]]), digest: image });
    return [];
  } catch (error) {
    if (error instanceof DeployError && error.code === "PLAN_OUTDATED") return error.facts.details ?? [];
    throw error;
  }
}

test("a plan whose world has not moved is carried out", () => {
  expect(moved(aPlan())).toEqual([]);
});

test("a plan made before the image was built takes whatever is built", () => {
  expect(moved(aPlan({ image: { digest: null, origin: "to-build" } }), state, record, "sha256:new")).toEqual(
    [],
  );
});

test("another image than the planned one is refused", () => {
  expect(moved(aPlan(), state, record, "sha256:new")).toEqual([`the image was ${digest} and is sha256:new`]);
});

test("a host that has moved is told", () => {
  const stopped = aServingState({ containers: [aContainer({ state: "exited" })] });
  expect(moved(aPlan(), stopped)).toEqual(["web1: shop-web-v1 was running and is stopped"]);
});

test("a configuration or an environment that has changed since is told by its keys", () => {
  const role = aRoleRecord({ environment: { GREETING: "e2" }, drainTimeoutMs: 1 });
  expect(moved(aPlan(), state, aRecord({ roles: [role] }))).toEqual([
    "web1: since the plan: env of web: GREETING changed",
    "web1: since the plan: configuration of web: drain_timeout",
  ]);
});

test("hosts that came or went are told", () => {
  const [first] = aPlan().hosts;
  if (first === undefined) throw new RangeError("the plan has a host");
  expect(moved(aPlan({ hosts: [{ ...first, host: "web2" }] }))).toEqual([
    "web2: is no host of it any more",
    "web1: was no host of it",
  ]);
});

test("what is written can be read again, and what is no plan is refused", () => {
  const text = JSON.stringify({ schemaVersion: 1, ...aPlan() });
  expect(parsePlanFile(text, "plan.json")).toMatchObject({ app: "shop", release: "r2" });
  for (const bad of ["", "{}", text.replace('"schemaVersion":1', '"schemaVersion":2')])
    expect(() => parsePlanFile(bad, "plan.json")).toThrow("plan.json is no plan");
});
