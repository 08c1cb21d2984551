import { DeployError } from "../errors/index.ts";
import { hostFailure } from "../hosts/failure.ts";
import type { Host } from "../hosts/host.ts";
import type { Lane, PhaseName } from "../plan/plan.ts";
import { type Step, stepName } from "../plan/step.ts";
import type { Act } from "../steps/act.ts";
import { handlerOf } from "../steps/table.ts";
import type { RunContext } from "./run-context.ts";

/** A step that was begun, on its host. */
export interface BegunStep {
  host: string;
  step: Step;
}

/**
 * Carries out a lane's steps one after another. Each is noted in `begun` before it is, so that an
 * undo also finds the one that failed halfway.
 *
 * @param signal aborted when the lane is to stop at its next border
 * @throws DeployError of the step that failed, LOCK_LOST, or the signal's reason
 */
export async function runLane(
  phase: PhaseName,
  lane: Lane,
  run: RunContext,
  signal: AbortSignal,
  begun: BegunStep[],
): Promise<void> {
  for (const step of lane.steps) {
    if (handlerOf(step).essential !== true) signal.throwIfAborted();
    // Of a lock that ran out while we were away (asleep, stopped) nobody has told us; Docker asks for none.
    // Asked before the step counts as begun.
    run.around.fence(lane.host);
    begun.push({ host: lane.host, step });
    await runStep(phase, lane.host, step, run, signal);
  }
}

async function runStep(
  phase: PhaseName,
  host: string,
  step: Step,
  run: RunContext,
  signal: AbortSignal,
): Promise<void> {
  const handler = handlerOf(step);
  const title = handler.describe(step);
  const base = { phase, host, step: stepName(step) };
  const startedAt = run.clock.monotonic();
  const ended = (ok: boolean, note?: string) => {
    const ms = Math.round(run.clock.monotonic() - startedAt);
    run.emit({ type: "step.ended", ...base, ok, ms, ...(note === undefined ? {} : { note }) });
  };
  run.emit({ type: "step.started", ...base, title });
  try {
    const note = await run.fleet.on(host, (connection) => {
      // Asked before each try: on the way back to a connection the lock may have been lost.
      run.around.fence(host);
      return handler.run(step, actOn(connection, run, signal, base));
    });
    ended(true, note);
  } catch (error) {
    ended(false);
    // What an abort breaks off fails in many ways; only what failed for a reason of its own is told.
    if (signal.aborted && !(error instanceof DeployError)) throw signal.reason;
    throw hostFailure(host, title, error);
  }
}

/** What a step on a host is given. */
export function actOn(
  connection: Host,
  run: RunContext,
  signal: AbortSignal,
  base: { phase: string; host: string; step: string },
): Act {
  return {
    host: connection,
    docker: connection.docker,
    signal: AbortSignal.any([signal, connection.lost]),
    progress: (text) => run.emit({ type: "step.progress", ...base, text }),
    emit: run.emit,
    around: run.around,
    memory: run.memory,
  };
}
