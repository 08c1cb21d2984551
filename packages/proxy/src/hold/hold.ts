import type { Clock } from "../clock.ts";

/** A request that waits. */
export interface Waiting {
  /** It may go on. */
  release(): void;
  /** It will not be let go on. */
  refuse(): void;
}

/** Requests that wait while a service is paused, in the order they came. */
export class Hold {
  readonly #clock: Clock;
  readonly #waiting = new Map<Waiting, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiting.size;
  }

  enter(waiting: Waiting): void {
    this.#waiting.set(waiting, this.#clock.elapsed());
  }

  /** It waited too long, or its client went away. */
  leave(waiting: Waiting): void {
    this.#waiting.delete(waiting);
  }

  /** Lets all go on, in order. How many there were, and how long the first had waited. */
  release(): { held: number; longestMs: number } {
    const { waiting, held, longestMs } = this.#empty();
    for (const each of waiting) each.release();
    return { held, longestMs };
  }

  refuse(): void {
    for (const each of this.#empty().waiting) each.refuse();
  }

  #empty(): { waiting: Waiting[]; held: number; longestMs: number } {
    const [first] = this.#waiting.values();
    const waiting = [...this.#waiting.keys()];
    this.#waiting.clear();
    const longestMs = first === undefined ? 0 : Math.round(this.#clock.elapsed() - first);
    return { waiting, held: waiting.length, longestMs };
  }
}
