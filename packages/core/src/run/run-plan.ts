import { DeployError } from "../errors/index.ts";
import { settleBounded } from "../hosts/bounded.ts";
import { together } from "../hosts/together.ts";
import type { Phase, Plan } from "../plan/plan.ts";
import { stopped, switchedEnding, undoneEnding } from "./ending.ts";
import { leftState } from "./left-state.ts";
import { notReady } from "./ready-to-switch.ts";
import type { RunContext } from "./run-context.ts";
import { type BegunStep, runLane } from "./run-lane.ts";
import { undoAll } from "./undo.ts";
import { type Serving, servingLine, whatServes } from "./what-serves.ts";

/** Lanes of hosts that are prepared side by side. */
const PREPARED_AT_A_TIME = 50;

/**
 * Carries a plan out, phase by phase. A failure before or in the switch takes everything back; one
 * after it leaves the new release serving and is reported at the end.
 *
 * @throws DeployError whose `state` says what serves
 */
export async function runPlan(plan: Plan, run: RunContext): Promise<void> {
  const begun: BegunStep[] = [];
  const afterwards: DeployError[] = [];
  for (const phase of plan.phases) {
    const failures = await runPhase(phase, run, begun);
    if (failures.length === 0) continue;
    if (phase.onFailure === "undo") throw await takenBack(plan, run, begun, together(failures));
    afterwards.push(...failures);
    if (run.signal.aborted) break;
  }
  if (afterwards.length > 0) throw switchedEnding(afterwards);
}

/** @returns what failed, the cause before what it called off */
async function runPhase(phase: Phase, run: RunContext, begun: BegunStep[]): Promise<DeployError[]> {
  const startedAt = run.clock.monotonic();
  const hosts = [...new Set(phase.lanes.map(({ host }) => host))];
  run.emit({ type: "phase.started", phase: phase.name, title: phase.title, hosts });
  const failures = await runLanes(phase, run, begun);
  const ms = Math.round(run.clock.monotonic() - startedAt);
  run.emit({ type: "phase.ended", phase: phase.name, ok: failures.length === 0, ms });
  return failures;
}

async function runLanes(phase: Phase, run: RunContext, begun: BegunStep[]): Promise<DeployError[]> {
  // Where everything is taken back anyway, the other hosts need not finish what they began.
  const callOff = new AbortController();
  const signal = AbortSignal.any([run.signal, callOff.signal]);
  const failures: DeployError[] = [];
  if (!(await waited(phase, run))) return [stopped(run.signal)];
  if (phase.name === "switch") {
    const failed = await notReady(phase, run);
    if (failed.length > 0) return failed;
  }
  const outcomes = await settleBounded(phase.lanes, atATime(phase), async (lane) => {
    try {
      await runLane(phase.name, lane, run, signal, begun);
    } catch (error) {
      if (error instanceof DeployError) failures.push(error);
      else if (!signal.aborted) throw error;
      if (phase.onFailure === "undo") callOff.abort(new CalledOff());
    }
  });
  const broken = outcomes.find((outcome) => outcome.status === "rejected");
  if (broken !== undefined) throw broken.reason;
  return failures.length === 0 && run.signal.aborted ? [stopped(run.signal)] : failures;
}

/** Pulls and transfers share networks, so they are bounded; what only waits, or switches, goes all at once. */
function atATime({ name, lanes }: Phase): number {
  return name === "prepare" ? PREPARED_AT_A_TIME : lanes.length;
}

/** @returns false when it was told to stop meanwhile */
async function waited({ waitMs }: Phase, { pause, signal }: RunContext): Promise<boolean> {
  if (waitMs === undefined) return true;
  await pause(waitMs, signal).catch(() => undefined);
  return !signal.aborted;
}

/** Why a lane stopped whose own steps were all right. */
class CalledOff extends Error {
  override readonly name = "CalledOff";
}

async function takenBack(
  plan: Plan,
  run: RunContext,
  begun: readonly BegunStep[],
  failure: DeployError,
): Promise<DeployError> {
  // Who has taken the lock while we stood still may be why it failed, and what is undone would be theirs.
  await run.confirmLock();
  const cause = run.signal.aborted ? stopped(run.signal) : failure;
  // Without the lock nothing may be changed any more: what was begun is the next deploy's to clear up.
  const left = cause.code === "LOCK_LOST" ? [] : await undoAll(begun, run);
  const serving = whatServes(plan, run.memory);
  const count = (is: Serving["now"]) => serving.filter(({ now }) => now === is).length;
  const state = leftState({
    planned: serving.length,
    made: count("new") + count("put back"),
    reverted: count("put back"),
    unanswered: count("unknown"),
    begun: begun.length > 0,
  });
  const hosts = state === "split" ? serving.map((one) => servingLine(one, plan.release?.version ?? "")) : [];
  return undoneEnding(cause, state, [...hosts, ...left]);
}
