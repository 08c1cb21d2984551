import { setTimeout as pause } from "node:timers/promises";
import { DeployError } from "../errors/index.ts";
import type { StayUp } from "../plan/step.ts";
import type { Act } from "./act.ts";
import { lastLogLines } from "./container-log.ts";
import { whenExited } from "./exit-watch.ts";
import { exitFailure } from "./gate/gate-failure.ts";
import { whenHealthKnown } from "./health-watch.ts";
import type { StepHandler } from "./step-handler.ts";

export const stayUp: StepHandler<StayUp> = {
  describe: ({ container }) => `wait until ${container} has proven to run`,
  async run(step, act) {
    const container = act.docker.getContainer(step.container);
    const { State } = await container.inspect();
    const watch = new AbortController();
    const signal = AbortSignal.any([watch.signal, act.signal]);
    const exited = new Promise<"exited">((resolve, reject) => {
      whenExited(container, signal, async () => resolve("exited")).catch(reject);
    });
    const proven = State.Health === undefined ? stayed(step, signal) : healthy(step, act, signal);
    try {
      const outcome = await Promise.race([exited, proven]);
      if (outcome === "stayed" || outcome === "healthy")
        return outcome === "stayed" ? "stayed up" : "healthy";
      throw await failure(step, act, outcome);
    } finally {
      watch.abort();
      // Whichever lost the race ends with the watch.
      await proven.catch(() => undefined);
    }
  },
};

async function stayed(step: StayUp, signal: AbortSignal): Promise<"stayed"> {
  await pause(step.readinessDelayMs, undefined, { signal });
  return "stayed";
}

async function healthy(
  step: StayUp,
  act: Act,
  signal: AbortSignal,
): Promise<"healthy" | "unhealthy" | "late"> {
  const deadline = AbortSignal.timeout(step.deadlineMs);
  const known = await whenHealthKnown(act.docker, step.container, AbortSignal.any([signal, deadline]));
  signal.throwIfAborted();
  return known ?? "late";
}

async function failure(
  step: StayUp,
  act: Act,
  outcome: "exited" | "unhealthy" | "late",
): Promise<DeployError> {
  const ended = await exitFailure(step.container, act);
  if (ended !== null) return ended;
  const container = act.docker.getContainer(step.container);
  const { State } = await container.inspect();
  const log = await lastLogLines(container);
  const last = State.Health?.Log.at(-1)?.Output.trim();
  const details = [...(last === undefined ? [] : [`health check: ${last}`]), ...log];
  const how = outcome === "late" ? `was not healthy after ${step.deadlineMs / 1000} s` : "is unhealthy";
  return new DeployError("GATE_FAILED", {
    cause: `${step.container} on ${act.host.name} ${how}, by its Docker health check`,
    hint: "its last log lines are below",
    details,
  });
}
