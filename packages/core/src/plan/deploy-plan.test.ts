import { expect, test } from "vitest";
import {
  aContainer,
  aHostState,
  anActive,
  anOlderRecord,
  aPlanInput,
  aProxy,
  aProxyRun,
  aRecord,
  aRoleRecord,
  aServingState,
  phase,
  told,
} from "./builders.fixture.ts";
import { planRelease } from "./deploy-plan.ts";

const run = aProxyRun();
const proxy = { image: "cutover-proxy:0.1.0", run: { web1: run, web2: run } };

test("a bare host gets network, proxy, image and record side by side before anything boots", () => {
  const state = aHostState({
    network: false,
    proxy: aProxy({ container: "missing", version: null, imagePresent: false, services: null }),
  });
  const plan = planRelease(aPlanInput([{ state, record: aRecord() }], { proxy }));
  expect(told(plan, "prepare")).toEqual([
    "web1: ensure-network, load-proxy-image, create-proxy",
    "web1: pull-image",
    "web1: write-record",
  ]);
  expect(told(plan, "boot")).toEqual(["web1: create-container, start-container, pass-gate"]);
});

test("a proxy that is stopped is only started", () => {
  const state = aHostState({ proxy: aProxy({ container: "stopped", services: null }) });
  const plan = planRelease(aPlanInput([{ state, record: aRecord() }], { proxy }));
  expect(told(plan, "prepare")[0]).toBe("web1: start-proxy");
});

test("a host that has everything is only given the image and the record", () => {
  const plan = planRelease(aPlanInput([{ state: aServingState(), record: aRecord() }], { proxy }));
  expect(told(plan, "prepare")).toEqual(["web1: pull-image", "web1: write-record"]);
});

test("no host switches before every host has passed its gate", () => {
  const boots = ["web1", "web2"].map((host) => ({ state: aServingState({ host }), record: aRecord() }));
  const names = planRelease(aPlanInput(boots)).phases.map(({ name }) => name);
  expect(names).toEqual(["prepare", "boot", "keep", "switch", "retire"]);
});

test("the switch is one lane for each host, so that all go in one burst", () => {
  const boots = ["web1", "web2"].map((host) => ({ state: aServingState({ host }), record: aRecord() }));
  expect(told(planRelease(aPlanInput(boots)), "switch")).toEqual(["web1: switch", "web2: switch"]);
});

test("what fails up to the switch is taken back, what fails after it is reported", () => {
  const plan = planRelease(aPlanInput([{ state: aServingState(), record: aRecord() }]));
  expect(plan.phases.map(({ name, onFailure }) => `${name} ${onFailure}`)).toEqual([
    "prepare undo",
    "boot undo",
    "keep undo",
    "switch undo",
    "retire report",
  ]);
});

test("a container restarts by itself before anything is sent to it, and not before it is well", () => {
  const kinds = planRelease(aPlanInput([{ state: aServingState(), record: aRecord() }])).phases.flatMap(
    ({ lanes }) => lanes.flatMap(({ steps }) => steps.map(({ kind }) => kind)),
  );
  const order = ["pass-gate", "keep-container", "switch"] as const;
  expect(kinds.filter((kind) => order.some((one) => one === kind))).toEqual(order);
});

test("the old container is stopped after its requests have ended", () => {
  const plan = planRelease(aPlanInput([{ state: aServingState(), record: aRecord() }]));
  expect(told(plan, "retire")).toEqual(["web1: mark-active, tag-image", "web1: drain, stop-container"]);
});

test("a container in the way of the new one's name is renamed, and stopped under its new name", () => {
  const old = aContainer({ name: "shop-web-v2", version: "v2" });
  const state = aServingState({ containers: [old], takenNames: [old.name] });
  const plan = planRelease(aPlanInput([{ state, record: aRecord() }]));
  expect(told(plan, "boot")).toEqual(["web1: free-name, create-container, start-container, pass-gate"]);
  const stops = phase(plan, "retire")
    .lanes.flatMap(({ steps }) => steps)
    .filter(({ kind }) => kind === "stop-container");
  expect(stops).toMatchObject([{ name: "shop-web-v2_replaced_0123456789abcdef" }]);
});

test("a container of the release that is still there is started again, without a pull", () => {
  const kept = aContainer({ id: "c0", name: "shop-web-v2", release: "r2", version: "v2", state: "exited" });
  const state = aServingState({ containers: [aContainer(), kept], takenNames: ["shop-web-v1", kept.name] });
  const known = { ...state, records: [aRecord(), ...state.records] };
  const plan = planRelease(aPlanInput([{ state: known, record: aRecord() }]));
  expect(told(plan, "prepare")).toEqual([]);
  expect(told(plan, "boot")).toEqual(["web1: start-container, pass-gate"]);
});

test("the other roles boot after the primary one has passed its gate, and before the switch", () => {
  const worker = aRoleRecord({ role: "jobs", prefix: "shop-jobs", container: "shop-jobs-v2", proxy: null });
  const record = aRecord({ roles: [aRoleRecord(), worker] });
  const plan = planRelease(aPlanInput([{ state: aHostState(), record }]));
  expect(plan.phases.map(({ name }) => name)).toEqual([
    "prepare",
    "boot",
    "others",
    "keep",
    "switch",
    "retire",
  ]);
  expect(told(plan, "others")).toEqual(["web1: create-container, start-container, stay-up"]);
});

test("a running container of a role that the release no longer has is stopped", () => {
  const orphan = aContainer({ id: "c9", name: "shop-jobs-v1", role: "jobs" });
  const state = aServingState({ containers: [aContainer(), orphan] });
  const plan = planRelease(aPlanInput([{ state, record: aRecord() }]));
  expect(told(plan, "retire").at(-1)).toBe("web1: stop-container");
});

test("the release that served before becomes the first one to go back to", () => {
  const state = aServingState({ active: anActive({ previous: ["r0"] }) });
  const plan = planRelease(aPlanInput([{ state, record: aRecord() }]));
  const marks = phase(plan, "retire")
    .lanes.flatMap(({ steps }) => steps)
    .filter(({ kind }) => kind === "mark-active");
  expect(marks).toMatchObject([{ active: { release: "r2", previous: ["r1", "r0"] } }]);
});

test("the plan holds no environment, so that no secret can be printed with it", () => {
  const plan = planRelease(aPlanInput([{ state: aHostState(), record: aRecord() }]));
  expect(JSON.stringify(plan)).not.toMatch(/"Env"/);
});

test("nothing is pruned where all releases are kept", () => {
  const state = aServingState({ records: [anOlderRecord()] });
  expect(told(planRelease(aPlanInput([{ state, record: aRecord() }])), "prune")).toEqual([]);
});

test("of a host only the roles that need it are booted, and the others' strays are stopped all the same", () => {
  const worker = aRoleRecord({ role: "jobs", prefix: "shop-jobs", container: "shop-jobs-v2", proxy: null });
  const record = aRecord({ roles: [aRoleRecord(), worker] });
  const web = aContainer({ id: "c2", name: "shop-web-v2", release: "r2", version: "v2" });
  const stray = aContainer({ id: "c1", name: "shop-web-v1", release: "r1" });
  const state = aHostState({ containers: [web, stray], records: [record] });
  const plan = planRelease(aPlanInput([{ state, record, only: ["jobs"] }], { retain: null }));
  expect(plan.phases.map(({ name }) => name)).toEqual(["prepare", "others", "keep", "retire"]);
  expect(told(plan, "others")).toEqual(["web1: create-container, start-container, stay-up"]);
  expect(told(plan, "retire")).toEqual(["web1: mark-active, tag-image", "web1: stop-container"]);
});

test("a container that runs already is not started, so that no undo stops it", () => {
  const running = aContainer({ id: "c2", name: "shop-web-v2", release: "r2", version: "v2" });
  const state = aHostState({ containers: [running], records: [aRecord()] });
  expect(told(planRelease(aPlanInput([{ state, record: aRecord() }])), "boot")).toEqual(["web1: pass-gate"]);
});

test("containers are made of the image's digest, whatever became of its tag", () => {
  const plan = planRelease(aPlanInput([{ state: aHostState(), record: aRecord() }]));
  const [create] = phase(plan, "boot").lanes.flatMap(({ steps }) => steps);
  expect(create).toMatchObject({
    kind: "create-container",
    image: `registry.test/shop@${aRecord().image.digest}`,
  });
});
