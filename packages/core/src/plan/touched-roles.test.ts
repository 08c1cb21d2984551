import { expect, test } from "vitest";
import {
  aContainer,
  anActive,
  anOlderRecord,
  aPlanInput,
  aRecord,
  aRoleRecord,
  aServingState,
  phase,
  told,
} from "./builders.fixture.ts";
import { planRelease } from "./deploy-plan.ts";

const worker = aRoleRecord({ role: "jobs", prefix: "shop-jobs", container: "shop-jobs-v2", proxy: null });

/** A host that runs web and jobs of `r1`, and is to run only the new jobs. */
function onlyJobs() {
  const jobs = aContainer({ id: "c2", name: "shop-jobs-v1", role: "jobs" });
  const state = aServingState({ containers: [aContainer(), jobs] });
  return { state, record: aRecord({ roles: [aRoleRecord(), worker] }), about: ["jobs"] };
}

test("of a host whose role was chosen only that one boots, and only its old container stops", () => {
  const plan = planRelease(aPlanInput([onlyJobs()]));
  expect(told(plan, "boot")).toEqual([]);
  expect(told(plan, "others")).toEqual(["web1: create-container, start-container, stay-up"]);
  expect(told(plan, "switch")).toEqual([]);
  const stops = phase(plan, "retire").lanes.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === "stop-container" ? [step.name] : [])),
  );
  expect(stops).toEqual(["shop-jobs-v1"]);
});

test("a host that got some of its roles is not noted as serving the release", () => {
  expect(told(planRelease(aPlanInput([onlyJobs()])), "retire").join()).not.toContain("mark-active");
});

test("what a role runs that was not chosen is never pruned", () => {
  const jobs = aContainer({ id: "c2", name: "shop-jobs-v0", role: "jobs", release: "r0", version: "v0" });
  const state = aServingState({
    containers: [aContainer(), jobs],
    records: [anOlderRecord(1), { ...anOlderRecord(1), release: "r0" }],
    active: anActive({ previous: ["r9"] }),
  });
  const record = aRecord({ roles: [aRoleRecord(), worker] });
  const plan = planRelease(aPlanInput([{ state, record, about: ["web"] }], { retain: 1 }));
  expect(told(plan, "prune")).toEqual([]);
});

test("hosts that are left behind are noted on the primary host", () => {
  const note = { schemaVersion: 1 as const, hosts: [{ host: "web9", since: 1, cause: "it is down" }] };
  const boots = [{ state: aServingState(), record: aRecord() }];
  const plan = planRelease(aPlanInput(boots, { left: { primaryHost: "web1", note } }));
  expect(told(plan, "retire")[0]).toBe("web1: note-left-behind");
});
