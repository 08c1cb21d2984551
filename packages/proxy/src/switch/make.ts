import type { Clock } from "../clock.ts";
import type { CommitResult, Receipt } from "../control/protocol.ts";
import type { DrainLimits } from "../drain/drain.ts";
import type { Log } from "../log/log.ts";
import type { SavedState } from "../state/saved.ts";
import type { Turns } from "../turns.ts";
import type { Registry } from "./registry.ts";
import type { Service } from "./service.ts";
import type { Serving } from "./serving.ts";

/** Which request asks for a switch, and how long the old target may drain. */
export interface SwitchOrder {
  id: string;
  verb: "commit" | "revert";
  limits: DrainLimits;
  /** How long the gate took; null where there was none. */
  gateMs: number | null;
}

/**
 * Writes a switch down, then makes it. Written first, so that whoever was answered finds it made
 * after any crash; a switch that can't be written is not made.
 */
export async function makeSwitch(
  context: {
    registry: Registry;
    turns: Turns;
    save(state: SavedState): Promise<void>;
    log: Log;
    clock: Clock;
  },
  service: Service,
  next: Serving,
  order: SwitchOrder,
): Promise<CommitResult> {
  const { registry, turns, save, log, clock } = context;
  const made = next.lastSwitch;
  if (made === null) throw new Error("a switch has a name");
  const result: CommitResult = { switch: made.id, at: made.at, previous: made.from };
  const answer = { id: order.id, verb: order.verb, result };
  const startedAt = clock.elapsed();
  await save(registry.snapshot({ service: service.name, serving: next, answer }));
  const phases = { gateMs: order.gateMs, writeMs: Math.round(clock.elapsed() - startedAt) };
  const undone = order.verb === "revert" ? (service.serving.lastSwitch?.id ?? null) : null;
  log("switch.made", { service: service.name, verb: order.verb, switch: made });
  service.switchTo(next, undone, order.limits, phases, keepReceipt);
  registry.reroute();
  registry.remember(answer);
  return result;

  function keepReceipt(receipt: Receipt): void {
    log("switch.drained", { receipt });
    // In its turn: a switch that is being written just then would be written over with what was before it.
    turns
      .take(() => save(registry.snapshot()))
      .catch((error: Error) => log("state.unwritten", { message: error.message }));
  }
}
