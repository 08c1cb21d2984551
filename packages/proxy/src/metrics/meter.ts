import { durationBounds } from "../control/protocol.ts";

/** Counts the answers of a service, for as long as the process lives. */
export class Meter {
  /** By the first digit of the status; at 0, those whose client left before there was one. */
  readonly byClass: number[] = [0, 0, 0, 0, 0, 0];
  /** How many took at most as long as the bound, not counting those of lower bounds; last, the rest. */
  readonly byDuration: number[] = new Array(durationBounds.length + 1).fill(0);
  totalMs = 0;
  targetFailures = 0;
  clientAborts = 0;
  cuts = 0;
  retries = 0;

  /** @returns the bucket of the duration */
  note(status: number, ms: number): number {
    const kind = (status / 100) | 0;
    this.byClass[kind] = (this.byClass[kind] ?? 0) + 1;
    this.totalMs += ms;
    let bucket = 0;
    while (bucket < durationBounds.length && ms > (durationBounds[bucket] as number)) bucket += 1;
    this.byDuration[bucket] = (this.byDuration[bucket] ?? 0) + 1;
    return bucket;
  }
}
