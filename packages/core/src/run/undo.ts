import { hostFailure } from "../hosts/failure.ts";
import { stepName } from "../plan/step.ts";
import { handlerOf } from "../steps/table.ts";
import type { RunContext } from "./run-context.ts";
import { actOn, type BegunStep } from "./run-lane.ts";

/** An undo that did not work, in a line for people. */
export type LeftBehind = string;

/**
 * Takes back every step that was begun, on each host the last one first, all hosts at once. An undo
 * that fails is reported and does not stop the others, but for a switch that could not be taken back:
 * nothing may be taken away then that requests go to.
 */
export async function undoAll(begun: readonly BegunStep[], run: RunContext): Promise<LeftBehind[]> {
  const undoable = begun.filter(({ step }) => handlerOf(step).undo !== undefined);
  if (undoable.length === 0) return [];
  const hosts = [...new Set(undoable.map(({ host }) => host))];
  const title = "Take back what was done";
  const startedAt = run.clock.monotonic();
  run.emit({ type: "phase.started", phase: "undo", title, hosts });
  const left = await Promise.all(
    hosts.map((host) => undoHost(undoable.filter((one) => one.host === host).reverse(), run)),
  );
  const ms = Math.round(run.clock.monotonic() - startedAt);
  const lines = left.flat();
  run.emit({ type: "phase.ended", phase: "undo", ok: lines.length === 0, ms });
  return lines;
}

async function undoHost(steps: readonly BegunStep[], run: RunContext): Promise<LeftBehind[]> {
  // Ctrl-C has led here, or will not make it quicker: an undo is always carried to its end.
  const signal = new AbortController().signal;
  const left: LeftBehind[] = [];
  for (const { host, step } of steps) {
    const handler = handlerOf(step);
    const title = `undo: ${handler.describe(step)}`;
    const base = { phase: "undo", host, step: stepName(step) };
    const startedAt = run.clock.monotonic();
    run.emit({ type: "step.started", ...base, title });
    let ok = true;
    try {
      await run.fleet.on(host, async (connection) => {
        await handler.undo?.(step, actOn(connection, run, signal, base));
      });
    } catch (error) {
      ok = false;
      left.push(`${host}: ${title} did not work: ${hostFailure(host, title, error).facts.cause}`);
    }
    run.emit({ type: "step.ended", ...base, ok, ms: Math.round(run.clock.monotonic() - startedAt) });
    if (!ok && step.kind === "switch") {
      left.push(`${host}: what it serves now was left as it is`);
      break;
    }
    if (run.fleet.host(host).lost.aborted) {
      left.splice(-1, 1, `${host}: left as it is, for want of a connection; the next deploy clears it up`);
      break;
    }
  }
  return left;
}
