import { BUCKET_MS, type Bucket } from "../../traffic/timeline.ts";

/** What one mark of a strip stands for. `mixed` is a moment in which two versions answered. */
export type Mark =
  | { kind: "version"; version: string }
  | { kind: "mixed" }
  | { kind: "failed" }
  | { kind: "none" };

/** The versions seen over time, as marks that each stand for `markMs`. */
export interface Strip {
  marks: Mark[];
  markMs: number;
}

/** Draws the timeline in at most `width` marks, each of a whole number of buckets. */
export function stripOf(timeline: readonly Bucket[], width: number): Strip {
  const perMark = Math.max(Math.ceil(timeline.length / width), 1);
  const marks: Mark[] = [];
  for (let start = 0; start < timeline.length; start += perMark)
    marks.push(markOf(timeline.slice(start, start + perMark)));
  return { marks, markMs: perMark * BUCKET_MS };
}

function markOf(buckets: readonly Bucket[]): Mark {
  if (buckets.some((bucket) => bucket.failed > 0)) return { kind: "failed" };
  const versions = new Set(buckets.flatMap((bucket) => Object.keys(bucket.answers)));
  const [version] = versions;
  if (version === undefined) return { kind: "none" };
  return versions.size > 1 ? { kind: "mixed" } : { kind: "version", version };
}
