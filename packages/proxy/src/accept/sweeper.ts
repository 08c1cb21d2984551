import type { Clock, Timer } from "../clock.ts";

/** Something with a time limit that changes often. */
export interface Sweepable {
  /** In the sweeper's time; 0 for none. */
  deadline: number;
  onDeadline(): void;
}

/** How exact time limits are, in milliseconds. */
const tickMs = 100;

/**
 * Keeps the time limits of many connections with one timer: to set a limit is to write a number,
 * which a request can afford several times.
 */
export class Sweeper {
  /** Its time, as of the last tick. */
  now: number;
  readonly #clock: Clock;
  #members: () => readonly Sweepable[] = () => [];
  #timer: Timer;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.now = clock.elapsed();
    this.#timer = clock.after(tickMs, () => this.#tick());
  }

  /** @param members whose time limits are kept; asked at each tick */
  keep(members: () => readonly Sweepable[]): void {
    this.#members = members;
  }

  stop(): void {
    this.#timer.cancel();
  }

  #tick(): void {
    this.now = this.#clock.elapsed();
    for (const member of this.#members()) {
      if (member.deadline === 0 || member.deadline > this.now) continue;
      member.deadline = 0;
      member.onDeadline();
    }
    this.#timer = this.#clock.after(tickMs, () => this.#tick());
  }
}
