import type { Timeline } from "./timeline.ts";

/** A request and what became of it. */
export interface Sent {
  /** Of a POST, as the app counts it; null for what is not counted. */
  id: string | null;
  /** Whether the app was asked to break off, having done it. */
  breaks: boolean;
  /** Before its first byte was written. */
  startedAt: number;
  /** When the head of its answer was there; Infinity without one. */
  headAt: number;
  endedAt: number;
  outcome: Outcome;
}

export type Outcome =
  /** `app` is null for what the proxy answers itself; `whole`: every byte is there, and right. */
  | { type: "answered"; status: number; app: string | null; whole: boolean }
  /** Visibly: refused, reset, broken off, or nothing in time. */
  | { type: "failed"; reason: string };

/** How often an app may have counted a POST, and which one if it was answered. */
export interface CountAllowed {
  atLeast: number;
  atMost: number;
  app: string | null;
}

export interface Verdict {
  /** Why it must not be; null when it may. */
  violation: string | null;
  counted: CountAllowed;
}

/** Holds a request against what was told to the proxy while it was under way. */
export function judge(sent: Sent, timeline: Timeline): Verdict {
  const { outcome } = sent;
  if (outcome.type === "answered" && outcome.app !== null) {
    return {
      violation: violationOfAnswer(sent, outcome, timeline),
      counted: { atLeast: 1, atMost: 1, app: outcome.app },
    };
  }
  const faulty = sent.breaks || mayHaveFailed(sent, timeline);
  if (outcome.type === "answered" && outcome.status === 503 && mayBeClosed(sent, timeline)) {
    return { violation: null, counted: { atLeast: 0, atMost: faulty ? 1 : 0, app: null } };
  }
  const what = outcome.type === "answered" ? `${outcome.status} of the proxy's own` : outcome.reason;
  return {
    violation: faulty ? null : `lost: ${what}`,
    counted: { atLeast: 0, atMost: 1, app: null },
  };
}

function violationOfAnswer(
  { startedAt, headAt }: Sent,
  { app, status, whole }: Extract<Outcome, { type: "answered" }>,
  { spans, closures }: Timeline,
): string | null {
  if (!whole) return `truncated or altered: an answer of ${app} that looked complete`;
  if (status !== 200) return `${app} answered ${status}`;
  if (!spans.some((span) => span.app === app && span.from <= headAt && span.to >= startedAt)) {
    return `answered by ${app}, which was not to get it`;
  }
  if (closures.some(({ surely, until }) => startedAt > surely && headAt < until)) {
    return `answered by ${app} in maintenance`;
  }
  return null;
}

function mayBeClosed({ startedAt, headAt }: Sent, { closures }: Timeline): boolean {
  return closures.some(({ from, to }) => from <= headAt && to >= startedAt);
}

function mayHaveFailed({ startedAt, endedAt }: Sent, { faults }: Timeline): boolean {
  return faults.some((fault) => {
    if (fault.from > endedAt) return false;
    const within = fault.kind === "app" ? fault.span : fault;
    return within.from <= endedAt && within.to >= startedAt;
  });
}
