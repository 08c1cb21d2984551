/**
 * The middle sample; of an even number the mean of the two in the middle.
 *
 * @throws RangeError without samples.
 */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError("no samples to take a median of");
  return (upper + lower) / 2;
}
