import type { Failure, FailureKind } from "./failure.ts";
import { type Latency, latencyOf } from "./latency.ts";
import { type Bucket, timelineOf } from "./timeline.ts";
import { type VersionChange, type VersionSpan, versionChanges, versionSpans } from "./versions.ts";

/** One request that has ended. Times are ms since the traffic started. */
export interface Ended {
  sentMs: number;
  tookMs: number;
  /** How long the app was asked to wait before answering. */
  delayMs: number;
  /** Null when no whole answer came. */
  status: number | null;
  /** The version that answered in full; null when the request failed. */
  version: string | null;
  failure: Failure | null;
}

/** What became of all requests of one run of traffic. Plain data. */
export interface TrafficReport {
  sent: number;
  /** Answered in full, by the app, with the bytes that it sent. */
  answered: number;
  failed: number;
  /** From the first request sent to the last answer, in ms. */
  lastedMs: number;
  byStatus: Partial<Record<string, number>>;
  byVersion: Record<string, number>;
  byFailure: Partial<Record<FailureKind, number>>;
  /** What answered requests took beyond the delay that they asked the app for. */
  latencyMs: Latency | null;
  versions: VersionSpan[];
  changes: VersionChange[];
  timeline: Bucket[];
  failures: Failure[];
  /** The latest that any request was sent after its time: how far this generator itself fell behind. */
  lateMs: number;
}

/** Adds up what became of every request. */
export function reportOf(ended: readonly Ended[], lateMs: number): TrafficReport {
  const answered = ended.filter((request) => request.failure === null);
  const failures = ended.flatMap((request) => request.failure ?? []);
  const spans = versionSpans(
    answered.map((request) => ({ version: request.version as string, sentMs: request.sentMs })),
  );
  return {
    sent: ended.length,
    answered: answered.length,
    failed: failures.length,
    lastedMs: ended.reduce((last, request) => Math.max(last, request.sentMs + request.tookMs), 0),
    byStatus: countBy(ended.flatMap((request) => (request.status === null ? [] : String(request.status)))),
    byVersion: Object.fromEntries(spans.map((span) => [span.version, span.answers])),
    byFailure: countBy(failures.map((failure) => failure.kind)),
    latencyMs: latencyOf(answered.map((request) => Math.max(request.tookMs - request.delayMs, 0))),
    versions: spans,
    changes: versionChanges(spans),
    timeline: timelineOf(ended),
    failures,
    lateMs,
  };
}

function countBy<Name extends string>(names: readonly Name[]): Partial<Record<Name, number>> {
  const counts: Partial<Record<Name, number>> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
