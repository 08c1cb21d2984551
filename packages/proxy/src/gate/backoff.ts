/** The first pause between two probes: a container that is nearly up is found up soon. */
const firstPauseMs = 50;

/**
 * How long to wait after a number of probes that failed: 50 ms at first, growing by half each time
 * up to the interval. A slow starter costs some twelve probes to the first second's end.
 */
export function pauseAfter(probes: number, intervalMs: number): number {
  return Math.min(intervalMs, Math.round(firstPauseMs * 1.5 ** Math.max(0, probes - 1)));
}
