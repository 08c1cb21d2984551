import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { Fleet } from "../hosts/fleet.ts";
import type { Host } from "../hosts/host.ts";
import type { PhaseName } from "../plan/plan.ts";
import type { RunContext } from "./run-context.ts";
import { runPlan } from "./run-plan.ts";

const names = Array.from({ length: 120 }, (_, index) => `web${index}`);

/** Runs one step on 120 fake hosts, which can only rename, and gives how many were at it at one time. */
async function mostAtATime(phase: PhaseName): Promise<number> {
  let [now, most] = [0, 0];
  const rename = async () => {
    most = Math.max(most, ++now);
    await turn();
    now -= 1;
  };
  const fakeHost = (name: string) =>
    ({
      name,
      docker: { getContainer: () => ({ rename }) },
      lost: new AbortController().signal,
    }) as unknown as Host;
  const lanes = names.map((host) => ({
    host,
    steps: [{ kind: "free-name" as const, name: "a", newName: "b" }],
  }));
  const image = { repository: "shop", tag: "v2", digest: "sha256:0" };
  const run = {
    fleet: new Fleet(names.map(fakeHost)),
    memory: {},
    emit: () => undefined,
    clock: { now: () => 0, monotonic: () => 0 },
    signal: new AbortController().signal,
    around: { fence: () => 1 },
  };
  await runPlan(
    {
      release: { id: "r2", version: "v2", image },
      phases: [{ name: phase, title: phase, onFailure: "undo", lanes }],
    },
    run as unknown as RunContext,
  );
  return most;
}

test("no more than fifty hosts are prepared at a time, which share networks", async () => {
  expect(await mostAtATime("prepare")).toBe(50);
});

test("what only waits happens on all hosts at once", async () => {
  expect(await mostAtATime("boot")).toBe(120);
});
