import { expect, test } from "vitest";
import type { Builder } from "../config/config.ts";
import { anActive, aRecord, aServingState } from "../plan/builders.fixture.ts";
import { buildInputs } from "../release/build-inputs.ts";
import { servingImage } from "./image-to-run.ts";
import type { Order } from "./order.ts";

const COMMIT = "3f2a1c0d9e8b7a6f5e4d3c2b1a0f9e8d7c6b5a49";

/** An order as far as it decides what is built; the rest of one is left out. */
function anOrder(over: { commit?: string; version?: string; builder?: Partial<Builder> } = {}): Order {
  const { commit = COMMIT, version = COMMIT } = over;
  const builder = { arches: ["amd64"], context: null, args: {}, target: null, ...over.builder };
  const config = { builder, repository: "registry.test/shop" };
  return {
    project: { config },
    git: { commit, root: "/app", uncommitted: [], notInCommit: [] },
    version,
  } as unknown as Order;
}

/** A host that serves what was built of an order. */
function serving(order: Order) {
  const build = buildInputs(order.project.config, order.git, "key");
  const record = aRecord({ release: "r1", version: order.version, build });
  return aServingState({ records: [record], active: anActive({ version: order.version }) });
}

const state = serving(anOrder());

test("what serves is not built again where commit and options are the same", () => {
  expect(servingImage(anOrder(), [state])).toEqual(aRecord().image);
});

test.each([
  ["another commit", anOrder({ commit: "0".repeat(40) })],
  ["another version of the same commit", anOrder({ version: "v2" })],
  ["another build argument", anOrder({ builder: { args: { RUBY: "3.4" } } })],
  ["another stage of the Dockerfile", anOrder({ builder: { target: "slim" } })],
  ["a folder that is built as it lies there", anOrder({ builder: { context: "." } })],
])("%s is built", (_what, order) => {
  expect(servingImage(order, [state])).toBeNull();
});

test("a folder that was built as it lay there says nothing of what it would come to now", () => {
  const folder = anOrder({ builder: { context: "." } });
  expect(servingImage(folder, [serving(folder)])).toBeNull();
});

test("a release that served before is built again: its image may be gone", () => {
  const former = { ...state, active: anActive({ release: "r9", previous: ["r1"] }) };
  expect(servingImage(anOrder(), [former])).toBeNull();
});
