/** How long answers took, in ms; null when there were none. */
export interface Latency {
  p50: number;
  p99: number;
  max: number;
}

/** Percentiles by nearest rank: each is a latency that some request really had. */
export function latencyOf(samples: readonly number[]): Latency | null {
  if (samples.length === 0) return null;
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] as number;
  return { p50: rank(0.5), p99: rank(0.99), max: rank(1) };
}
