import { expect, test } from "vitest";
import type { StartContainer } from "../plan/step.ts";
import type { Act } from "./act.ts";
import { startContainer } from "./start-container.ts";

const step: StartContainer = { kind: "start-container", name: "shop-web-v2", stopTimeoutMs: 10_000 };

/** Stands for a host with one container, or none; `asked` is what was asked of it. */
function aHost(found = true) {
  const asked: string[] = [];
  const ask = async (what: string) => {
    if (!found) throw Object.assign(new Error("no such container"), { statusCode: 404 });
    asked.push(what);
  };
  const container = {
    update: ({ RestartPolicy }: { RestartPolicy: { Name: string } }) => ask(`update ${RestartPolicy.Name}`),
    stop: ({ t }: { t: number }) => ask(`stop ${t}`),
  };
  return { asked, act: { docker: { getContainer: () => container } } as unknown as Act };
}

test("a container that was started for nothing is stopped, and no engine starts it again", async () => {
  const { asked, act } = aHost();
  await startContainer.undo?.(step, act);
  expect(asked).toEqual(["update no", "stop 10"]);
});

test("a container that is gone needs no stopping", async () => {
  await expect(startContainer.undo?.(step, aHost(false).act)).resolves.toBeUndefined();
});
