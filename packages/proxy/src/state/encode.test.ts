import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { noFailures, openReceipt } from "../switch/receipt.ts";
import { afterCommit, notServing } from "../switch/serving.ts";
import { aRelease } from "../testing/builders.ts";
import { encodeState } from "./encode.ts";
import { emptyState, type SavedState } from "./saved.ts";

const aService = (name: string): SavedState["services"][number] => ({
  serving: afterCommit(notServing(name), aRelease("r1"), 1),
  receipts: [],
});

const read = (file: string) => JSON.parse(file.split("\n")[1] as string) as SavedState;

test.each([
  ["no service", emptyState],
  ["one", { ...emptyState, services: [aService("a")], fences: { a: 1 } }],
  ["hundreds", { ...emptyState, services: Array.from({ length: 300 }, (_, index) => aService(`a${index}`)) }],
])("a state of %s is written as JSON has it, with the checksum of just that", async (_, state) => {
  const file = await encodeState(state);
  const [head = "", text = "", end] = file.split("\n");
  expect(text).toBe(JSON.stringify(state));
  expect(JSON.parse(head)).toEqual({ schema: 1, sha256: createHash("sha256").update(text).digest("hex") });
  expect(end).toBe("");
});

test("what a receipt has counted since it was written last is written", async () => {
  const identity = { switch: "s1", service: "a", from: null, to: "r1", at: 1 };
  const after = noFailures();
  const receipt = openReceipt(identity, { requests: 0, websockets: 0 }, noFailures(), after);
  const state: SavedState = { ...emptyState, services: [{ ...aService("a"), receipts: [receipt] }] };
  await encodeState(state);
  after.requests = 7;
  expect(read(await encodeState(state)).services[0]?.receipts[0]?.after.requests).toBe(7);
});

test("others have their turn while a large state is written", async () => {
  const services = Array.from({ length: 300 }, (_, index) => aService(`a${index}`));
  let turns = 0;
  const count = () => {
    turns += 1;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  await encodeState({ ...emptyState, services });
  clearImmediate(counting);
  expect(turns).toBeGreaterThan(2);
});
