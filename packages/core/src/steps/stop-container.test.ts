import { expect, test } from "vitest";
import type { StopContainer } from "../plan/step.ts";
import type { Act } from "./act.ts";
import { Memory } from "./memory.ts";
import { stopContainer } from "./stop-container.ts";

const worker: StopContainer = {
  kind: "stop-container",
  name: "shop-jobs-v1",
  stopTimeoutMs: 10_000,
  service: null,
  candidate: "r1",
};

/** Stands for a host whose one container restarts always; `asked` is what was asked of it. */
function aHost() {
  const asked: string[] = [];
  const container = {
    inspect: async () => ({ HostConfig: { RestartPolicy: { Name: "always" } } }),
    update: async ({ RestartPolicy }: { RestartPolicy: { Name: string } }) =>
      asked.push(`update ${RestartPolicy.Name}`),
    stop: async ({ t }: { t: number }) => asked.push(`stop ${t}`),
    start: async () => asked.push("start"),
  };
  const docker = { getContainer: () => container };
  return { asked, act: { docker, host: { name: "web1" }, memory: new Memory() } as unknown as Act };
}

test("a worker that was stopped is started again, with the restart policy it had", async () => {
  const { asked, act } = aHost();
  await stopContainer.run(worker, act);
  await stopContainer.undo?.(worker, act);
  expect(asked).toEqual(["update no", "stop 10", "update always", "start"]);
});

test("what this run did not stop is not started", async () => {
  const { asked, act } = aHost();
  await stopContainer.undo?.(worker, act);
  expect(asked).toEqual([]);
});
