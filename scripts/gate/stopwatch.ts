/** Tells how long a run has taken, and prints lines that say when they were printed. */
export class Stopwatch {
  private readonly startedAt = performance.now();

  seconds(): string {
    return ((performance.now() - this.startedAt) / 1000).toFixed(1);
  }

  /** Prints `[  3.1 s] LINE`. */
  readonly say = (line: string): void => {
    console.log(`[${this.seconds().padStart(6)} s] ${line}`);
  };
}
