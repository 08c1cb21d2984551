import { expect, test } from "vitest";
import {
  aContainer,
  aDigest,
  aHostState,
  anActive,
  anOlderRecord,
  aServingState,
} from "./builders.fixture.ts";
import { planPrune } from "./prune-plan.ts";

const stopped = aContainer({
  id: "c1",
  name: "shop-web-v1",
  release: "r1",
  version: "v1",
  state: "exited",
  imageId: "i1",
});
const serving = aContainer({ id: "c3", name: "shop-web-v3", release: "r3", version: "v3", imageId: "i3" });
const state = aServingState({
  containers: [serving, stopped],
  records: [3, 2, 1].map(anOlderRecord),
  active: anActive({ release: "r3", version: "v3", previous: ["r2", "r1"] }),
  images: [1, 3].map((n) => ({
    id: `i${n}`,
    sizeBytes: 1,
    references: [`registry.test/shop@${aDigest(`${n}`)}`],
  })),
});

function steps(...args: Parameters<typeof planPrune>): string[] {
  return (planPrune(...args)?.plan.phases ?? []).flatMap(({ lanes }) =>
    lanes.flatMap((lane) => lane.steps.map(({ kind }) => `${lane.host}: ${kind}`)),
  );
}

test("a prune removes what no kept release needs", () => {
  expect(steps([state], 1, "all")).toEqual([
    "web1: remove-containers",
    "web1: remove-records",
    "web1: remove-images",
  ]);
});

test("it can be about containers with their records, or about images", () => {
  expect(steps([state], 1, "containers")).toEqual(["web1: remove-containers", "web1: remove-records"]);
  expect(steps([state], 1, "images")).toEqual(["web1: remove-images"]);
});

test("nothing goes while no more releases are there than are kept", () => {
  expect(steps([state], 5, "all")).toEqual([]);
});

test("a container that runs stays, whatever release it is of", () => {
  const stray = { ...state, containers: [serving, { ...stopped, state: "running" }] };
  expect(steps([stray], 1, "containers")).toEqual(["web1: remove-records"]);
});

test("a host on which nothing serves is let be", () => {
  expect(planPrune([aHostState()], 1, "all")).toBeNull();
});
