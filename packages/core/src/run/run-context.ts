import type { Clock } from "../commands/context.ts";
import type { Fleet } from "../hosts/fleet.ts";
import type { DeployEventBody, Surroundings } from "../steps/act.ts";
import type { Memory } from "../steps/memory.ts";

/** What a plan is carried out with. */
export interface RunContext {
  fleet: Fleet;
  around: Surroundings;
  memory: Memory;
  /** Aborted on Ctrl-C, SIGTERM, or when the lock is lost. */
  signal: AbortSignal;
  clock: Clock;
  /** Asks the hosts whether the lock is still ours; where it is not, the signal is aborted when this resolves. */
  confirmLock(): Promise<void>;
  /** Waits; rejects as soon as the signal is aborted. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  emit(event: DeployEventBody): void;
}
