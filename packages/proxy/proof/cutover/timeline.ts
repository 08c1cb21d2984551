/**
 * What was told to the proxy and done to it, and when. Each border is known only to lie between asking
 * and being answered, so a time in which something may happen begins with the asking for it and ends
 * with the answer that ended it. Times are of one steady clock, in milliseconds.
 */

/** A time in which new requests may go to an app. */
export interface Span {
  app: string;
  from: number;
  to: number;
}

/** Something that may make requests fail from a time on. */
export type Fault =
  /** Requests that went to this app in this time: it was killed, or their drain came to its limit. */
  | { kind: "app"; span: Span; from: number }
  /** Every request: the proxy was dead. */
  | { kind: "proxy"; from: number; to: number };

/** Maintenance: requests may be refused from `from` to `to`, and none may pass from `surely` to `until`. */
export interface Closure {
  from: number;
  surely: number;
  until: number;
  to: number;
}

export class Timeline {
  spans: Span[] = [];
  faults: Fault[] = [];
  closures: Closure[] = [];

  /** New requests may go to an app from here on. */
  open(app: string, from: number): Span {
    const span = { app, from, to: Number.POSITIVE_INFINITY };
    this.spans.push(span);
    return span;
  }

  /** Forgets what ended before a time. No request may be judged that began before it. */
  forget(before: number): void {
    this.spans = this.spans.filter(({ to }) => to >= before);
    this.closures = this.closures.filter(({ to }) => to >= before);
    this.faults = this.faults.filter((fault) => (fault.kind === "app" ? fault.span.to : fault.to) >= before);
  }
}
