/** How long one bucket of the timeline is, in ms. */
export const BUCKET_MS = 100;

/** What became of the requests sent within one tenth of a second: answers by version, and failures. */
export interface Bucket {
  /** Its start, in ms since the traffic started. */
  atMs: number;
  answers: Record<string, number>;
  failed: number;
}

/** Puts requests into buckets by when they were sent; a tenth of a second without any is there, empty. */
export function timelineOf(requests: readonly { sentMs: number; version: string | null }[]): Bucket[] {
  const buckets: Bucket[] = [];
  for (const { sentMs, version } of requests) {
    const index = Math.floor(sentMs / BUCKET_MS);
    while (buckets.length <= index)
      buckets.push({ atMs: buckets.length * BUCKET_MS, answers: {}, failed: 0 });
    const bucket = buckets[index] as Bucket;
    if (version === null) bucket.failed += 1;
    else bucket.answers[version] = (bucket.answers[version] ?? 0) + 1;
  }
  return buckets;
}
