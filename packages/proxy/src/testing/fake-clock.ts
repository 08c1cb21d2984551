import type { Clock, Timer } from "../clock.ts";

/** Time that passes only when a test says so. Stands in for the machine's in tests of time limits. */
export class FakeClock implements Clock {
  #elapsed = 0;
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return 1_700_000_000_000 + this.#elapsed;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  after(delayMs: number, run: () => void): Timer {
    const timer = { at: this.#elapsed + delayMs, run };
    this.#timers.push(timer);
    return {
      cancel: () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      },
    };
  }

  /** Lets time pass, running what falls due in order, and what that leads to. */
  async pass(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await settled();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#elapsed = Math.max(this.#elapsed, next.at);
      this.#timers = this.#timers.filter((other) => other !== next);
      next.run();
      await settled();
    }
    this.#elapsed = end;
  }

  #next(end: number): { at: number; run: () => void } | undefined {
    return this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets every promise that can settle without outside help do so. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
