/** Latencies: of so many of a hundred requests none took longer. */
export interface Percentiles {
  p50: number;
  p99: number;
  p999: number;
}

/** Of these times, in their unit; NaN without any. */
export function percentiles(times: number[]): Percentiles {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999) };
}
