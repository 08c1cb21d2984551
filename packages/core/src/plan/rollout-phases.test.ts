import { expect, test } from "vitest";
import type { HostBoot } from "./boot.ts";
import {
  aContainer,
  aHostState,
  aPlanInput,
  aRecord,
  aRoleRecord,
  aRollout,
  aServingState,
  phase,
} from "./builders.fixture.ts";
import { planRelease } from "./deploy-plan.ts";
import type { Plan } from "./plan.ts";
import type { Rollout } from "./rollout.ts";

const worker = aRoleRecord({ role: "jobs", prefix: "shop-jobs", container: "shop-jobs-v2", proxy: null });
const api = aRoleRecord({ role: "api", prefix: "shop-api", container: "shop-api-v2" });
const oldWorker = aContainer({ id: "c2", name: "shop-jobs-v1", role: "jobs" });

function hosts(count: number, over: Partial<HostBoot> = {}): HostBoot[] {
  return Array.from({ length: count }, (_, index) => ({
    state: aServingState({ host: `web${index + 1}` }),
    record: aRecord(),
    ...over,
  }));
}

function planned(boots: HostBoot[], over: Partial<Rollout>): Plan {
  return planRelease(aPlanInput(boots, { rollout: aRollout(over) }));
}

/** Each phase with its hosts: `boot web1 web2`. */
function inOrder(plan: Plan): string[] {
  return plan.phases.map(
    ({ name, lanes }) => `${name} ${[...new Set(lanes.map(({ host }) => host))].join(" ")}`,
  );
}

test("each batch is booted, switched and handed over before the next one boots", () => {
  expect(inOrder(planned(hosts(3), { strategy: "batches", hostsAtATime: 2 }))).toEqual([
    "prepare web1 web2 web3",
    "boot web1 web2",
    "keep web1 web2",
    "switch web1 web2",
    "hand-over web1 web2",
    "boot web3",
    "keep web3",
    "switch web3",
    "retire web1 web2 web3",
  ]);
});

test("every phase up to the last switch can be taken back", () => {
  const plan = planned(hosts(2), { strategy: "batches", hostsAtATime: 1 });
  const reported = plan.phases.filter(({ onFailure }) => onFailure === "report");
  expect(reported.map(({ name }) => name)).toEqual(["retire"]);
});

test("old containers behind the proxy run until the last batch has switched", () => {
  const plan = planned(hosts(2), { strategy: "batches", hostsAtATime: 1 });
  const handOver = phase(plan, "hand-over").lanes.flatMap(({ steps }) => steps);
  expect(handOver.map(({ kind }) => kind)).toEqual(["drain"]);
  const stops = phase(plan, "retire").lanes.flatMap(({ steps }) => steps);
  expect(stops.filter(({ kind }) => kind === "stop-container")).toHaveLength(2);
  expect(stops.filter(({ kind }) => kind === "drain")).toHaveLength(1);
});

test("old workers of a batch stop before the next one boots, and not again at the end", () => {
  const state = aServingState({ containers: [aContainer(), oldWorker] });
  const first = { state, record: aRecord({ roles: [aRoleRecord(), worker] }) };
  const plan = planned([first, ...hosts(2).slice(1)], { strategy: "batches", hostsAtATime: 1 });
  const stopped = (name: "hand-over" | "retire") =>
    phase(plan, name).lanes.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === "stop-container" ? [step.name] : [])),
    );
  expect(stopped("hand-over")).toEqual(["shop-jobs-v1"]);
  expect(stopped("retire")).not.toContain("shop-jobs-v1");
});

test("the pause comes before every batch but the first", () => {
  const plan = planned(hosts(3), { strategy: "batches", hostsAtATime: 1, waitMs: 2_000 });
  const boots = plan.phases.filter(({ name }) => name === "boot");
  expect(boots.map(({ waitMs }) => waitMs)).toEqual([undefined, 2_000, 2_000]);
});

test("a batch says which one it is and of which hosts", () => {
  const plan = planned(hosts(2), { strategy: "batches", hostsAtATime: 1 });
  expect(plan.phases.map(({ title }) => title)).toContain("Switch (2 of 2: web2)");
});

test("an atomic deploy with a limit boots in groups and still switches in one burst", () => {
  expect(inOrder(planned(hosts(3), { strategy: "atomic", hostsAtATime: 2, waitMs: 1 }))).toEqual([
    "prepare web1 web2 web3",
    "boot web1 web2",
    "boot web3",
    "keep web1 web2 web3",
    "switch web1 web2 web3",
    "retire web1 web2 web3",
  ]);
});

test("the longer hosts wait for the burst, the longer their candidates are kept", () => {
  const expiry = (count: number) => {
    const [step] = planned(hosts(count), { strategy: "atomic", hostsAtATime: 1, waitMs: 60_000 })
      .phases.flatMap(({ lanes }) => lanes.flatMap(({ steps }) => steps))
      .filter((one) => one.kind === "pass-gate");
    return step?.expiresMs ?? 0;
  };
  expect(expiry(5) - expiry(4)).toBeGreaterThanOrEqual(60_000);
});

test("roles of a host wait for the primary one and then boot one after another", () => {
  const boots = hosts(1, { record: aRecord({ roles: [aRoleRecord(), api, worker] }) });
  expect(phase(planned(boots, {}), "boot").lanes).toHaveLength(1);
  const [lane, ...others] = phase(planned(boots, {}), "others").lanes;
  expect(others).toEqual([]);
  expect(lane?.steps.filter(({ kind }) => /gate|stay/.test(kind)).map(({ kind }) => kind)).toEqual([
    "pass-gate",
    "stay-up",
  ]);
});

test("with parallel_roles they boot side by side, still after the primary one", () => {
  const boots = hosts(1, { record: aRecord({ roles: [aRoleRecord(), api, worker] }) });
  expect(phase(planned(boots, { parallelRoles: true }), "others").lanes).toHaveLength(2);
});

test("a release that is watched is handed over first, and its old containers stop only after it", () => {
  const plan = planned(hosts(2), { bakeMs: 30_000 });
  expect(inOrder(plan)).toEqual([
    "prepare web1 web2",
    "boot web1 web2",
    "keep web1 web2",
    "switch web1 web2",
    "hand-over web1 web2",
    "bake web1 web2",
    "retire web1 web2",
  ]);
  expect(plan.phases.find(({ name }) => name === "bake")?.onFailure).toBe("undo");
  const handOver = phase(plan, "hand-over").lanes.flatMap(({ steps }) => steps.map(({ kind }) => kind));
  expect(handOver).not.toContain("stop-container");
});

test("every batch is watched before the next one boots", () => {
  const plan = planned(hosts(2), { strategy: "batches", hostsAtATime: 1, bakeMs: 1_000 });
  expect(inOrder(plan).slice(1)).toEqual([
    "boot web1",
    "keep web1",
    "switch web1",
    "hand-over web1",
    "bake web1",
    "boot web2",
    "keep web2",
    "switch web2",
    "hand-over web2",
    "bake web2",
    "retire web1 web2",
  ]);
});

test("a first release has nothing to be held against", () => {
  const boots = [{ state: aHostState(), record: aRecord() }];
  expect(phase(planned(boots, { bakeMs: 30_000 }), "bake").lanes).toEqual([]);
});
