// The global of that name is looked up anew each time.
import { performance } from "node:perf_hooks";

/** A timer that can be called off. Calling it off twice, or too late, is harmless. */
export interface Timer {
  cancel(): void;
}

/** Time, as whatever needs it is given it. All durations are milliseconds. */
export interface Clock {
  /** Wall time since the epoch: for what people read and what is kept on disk. */
  now(): number;
  /** Steady time from an arbitrary start: for durations. */
  elapsed(): number;
  after(delayMs: number, run: () => void): Timer;
}

/** The machine's own time. Its timers don't keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};
