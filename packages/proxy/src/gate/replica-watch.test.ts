import { expect, test } from "vitest";
import { emptyState, type SavedState } from "../state/saved.ts";
import { Registry } from "../switch/registry.ts";
import { afterCommit, notServing } from "../switch/serving.ts";
import { aRelease } from "../testing/builders.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import type { Finding } from "./gate.ts";
import { ReplicaWatch } from "./replica-watch.ts";

function watching(targets: string[]) {
  const clock = new FakeClock();
  const serving = afterCommit(notServing("app"), aRelease("r1", { targets }), 1);
  const saved: SavedState = { ...emptyState, services: [{ serving, receipts: [] }] };
  const registry = new Registry(saved, clock);
  const failing = new Set<string>();
  const probed: string[] = [];
  const probe = async (target: string): Promise<Finding> => {
    probed.push(target);
    return failing.has(target) ? { target, kind: "refused" } : "passed";
  };
  const events: string[] = [];
  const watch = new ReplicaWatch(registry, { probe, clock, log: (event) => events.push(event) });
  const picked = () => new Set([1, 2, 3, 4].map(() => registry.known("app").active?.pick().name));
  return { clock, failing, probed, events, picked, watch };
}

test("a replica that fails twice gets no requests, until it passes again", async () => {
  const { clock, failing, events, picked, watch } = watching(["a:1", "b:1"]);
  failing.add("b:1");
  await clock.pass(1_000);
  expect(picked()).toContain("b:1");
  await clock.pass(1_000);
  expect(picked()).not.toContain("b:1");
  failing.clear();
  await clock.pass(1_000);
  expect(picked()).toContain("b:1");
  expect(events).toEqual(["replica.out", "replica.back"]);
  watch.stop();
});

test("an only target is left alone", async () => {
  const { clock, probed, watch } = watching(["a:1"]);
  await clock.pass(5_000);
  expect(probed).toEqual([]);
  watch.stop();
});
