/** Which version answered a request, and when that request was sent, in ms since the traffic started. */
export interface Sighting {
  version: string;
  sentMs: number;
}

/** A version that answered: from the first to the last request it answered, by when they were sent. */
export interface VersionSpan {
  version: string;
  firstSentMs: number;
  lastSentMs: number;
  answers: number;
}

/** The versions in the order in which they first answered. */
export function versionSpans(sightings: readonly Sighting[]): VersionSpan[] {
  const spans = new Map<string, VersionSpan>();
  for (const { version, sentMs } of sightings) {
    const span = spans.get(version);
    if (span === undefined) {
      spans.set(version, { version, firstSentMs: sentMs, lastSentMs: sentMs, answers: 1 });
      continue;
    }
    span.firstSentMs = Math.min(span.firstSentMs, sentMs);
    span.lastSentMs = Math.max(span.lastSentMs, sentMs);
    span.answers += 1;
  }
  return [...spans.values()].sort((a, b) => a.firstSentMs - b.firstSentMs);
}

/**
 * The moment at which answers changed from one version to the next. `mixedMs` is how long, by when
 * requests were sent, both were answering: the spread between hosts.
 */
export interface VersionChange {
  from: string;
  to: string;
  atMs: number;
  mixedMs: number;
}

/** The changes between versions that followed each other. */
export function versionChanges(spans: readonly VersionSpan[]): VersionChange[] {
  return spans.slice(1).map((span, index) => {
    const before = spans[index] as VersionSpan;
    return {
      from: before.version,
      to: span.version,
      atMs: span.firstSentMs,
      mixedMs: Math.max(before.lastSentMs - span.firstSentMs, 0),
    };
  });
}
