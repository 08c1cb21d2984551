/** The first pause between two probes, in milliseconds: a container that is nearly up is found up soon. */
const firstPauseMs = 25;

/** By how much each pause is longer than the one before: what is waited in vain stays a sixth of the start. */
const growth = 1.15;

/**
 * How long to wait after a number of probes that failed: 25 ms at first, growing up to the
 * interval. A slow starter costs some fourteen probes to the first second's end.
 */
export function pauseAfter(probes: number, intervalMs: number): number {
  return Math.min(intervalMs, Math.round(firstPauseMs * growth ** Math.max(0, probes - 1)));
}
