import { expect, test } from "vitest";
import {
  aContainer,
  aDigest,
  aHostState,
  anActive,
  anOlderRecord,
  aRecord,
  aRoleRecord,
} from "./builders.fixture.ts";
import { pruneLane } from "./prune.ts";

/** Release `r3` served until now, `r2` and `r1` before it; `r4` is new. */
function aHistory() {
  const stopped = [1, 2].map((n) =>
    aContainer({
      id: `c${n}`,
      name: `shop-web-v${n}`,
      release: `r${n}`,
      version: `v${n}`,
      state: "exited",
      imageId: `i${n}`,
    }),
  );
  const running = aContainer({ id: "c3", name: "shop-web-v3", release: "r3", version: "v3", imageId: "i3" });
  return aHostState({
    containers: [running, ...stopped],
    records: [3, 2, 1].map(anOlderRecord),
    active: anActive({ release: "r3", version: "v3", previous: ["r2", "r1"] }),
    images: [1, 2, 3].map((n) => ({
      id: `i${n}`,
      sizeBytes: 100e6,
      references: [`registry.test/shop:v${n}`, `registry.test/shop@${aDigest(`${n}`)}`],
    })),
  });
}

const fresh = aRecord({
  release: "r4",
  version: "v4",
  roles: [aRoleRecord({ container: "shop-web-v4" })],
});

test("releases beyond those kept lose container, record and image", () => {
  const { steps } = pruneLane({ state: aHistory(), record: fresh }, 2);
  expect(steps).toEqual([
    { kind: "remove-containers", containers: [{ id: "c1", name: "shop-web-v1" }] },
    { kind: "remove-records", app: "shop", releases: ["r1"] },
    { kind: "remove-images", references: ["registry.test/shop:v1", `registry.test/shop@${aDigest("1")}`] },
  ]);
});

test("nothing goes while there are fewer releases than are kept", () => {
  expect(pruneLane({ state: aHistory(), record: fresh }, 5).steps).toEqual([]);
});

test("the release that served before is kept even when only one is", () => {
  const { steps } = pruneLane({ state: aHistory(), record: fresh }, 1);
  expect(JSON.stringify(steps)).not.toContain("c3");
});

test("an image that another app's container uses stays", () => {
  const state = { ...aHistory(), foreignImageIds: ["i1"] };
  const { steps } = pruneLane({ state, record: fresh }, 2);
  expect(steps.map(({ kind }) => kind)).toEqual(["remove-containers", "remove-records"]);
});

test("a container that gave its name away is removed, its record stays", () => {
  const replaced = aContainer({
    id: "c9",
    name: "shop-web-v3_replaced_0123456789abcdef",
    release: "r3",
    state: "exited",
  });
  const state = { ...aHistory(), containers: [replaced] };
  const { steps } = pruneLane({ state, record: fresh }, 5);
  expect(steps).toEqual([{ kind: "remove-containers", containers: [{ id: "c9", name: replaced.name }] }]);
});

test("a container whose name the same version takes over is removed after it", () => {
  const before = aContainer({ id: "c3", name: "shop-web-v2", release: "r3", version: "v2" });
  const state = { ...aHistory(), containers: [before] };
  const { steps } = pruneLane({ state, record: aRecord({ release: "r4" }) }, Number.POSITIVE_INFINITY);
  expect(steps).toMatchObject([
    { kind: "remove-containers", containers: [{ id: "c3", name: "shop-web-v2" }] },
  ]);
});

test("a release that failed or never ended leaves nothing", () => {
  const left = aContainer({ id: "c8", name: "shop-web-v8", release: "r8", state: "created" });
  const state = { ...aHistory(), containers: [left], records: [anOlderRecord(8), anOlderRecord(3)] };
  const { steps } = pruneLane({ state, record: fresh }, 5);
  expect(steps).toMatchObject([
    { kind: "remove-containers", containers: [{ id: "c8", name: "shop-web-v8" }] },
    { kind: "remove-records", releases: ["r8"] },
    { kind: "remove-images" },
  ]);
});

test("what was never written to its end goes", () => {
  const state = {
    ...aHistory(),
    containers: [],
    records: [],
    images: [],
    temporaries: [".0a1b", "releases/r2/.2c3d"],
  };
  expect(pruneLane({ state, record: fresh }, 5).steps).toEqual([
    { kind: "remove-temporaries", files: [".0a1b", "releases/r2/.2c3d"] },
  ]);
});
