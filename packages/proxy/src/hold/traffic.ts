/** Whether a service takes requests, and what becomes of them when it does not. */
export type Traffic =
  | { mode: "open" }
  /** New requests wait: at most so many at a time, each at most so long. */
  | { mode: "paused"; timeoutMs: number; maxRequests: number }
  /** New requests are answered 503, with this message where there is one. */
  | { mode: "stopped"; message: string | null };

export type TrafficEvent =
  | { type: "pause"; timeoutMs: number; maxRequests: number }
  | { type: "resume" }
  | { type: "stop"; message: string | null }
  | { type: "start" };

export const openTraffic: Traffic = { mode: "open" };

/**
 * The traffic after an event; null when the event makes no sense now. Resuming or starting what is
 * open changes nothing, and a pause or stop in force may be given anew with other bounds.
 */
export function trafficAfter(traffic: Traffic, event: TrafficEvent): Traffic | null {
  switch (event.type) {
    case "pause":
      if (traffic.mode === "stopped") return null;
      return { mode: "paused", timeoutMs: event.timeoutMs, maxRequests: event.maxRequests };
    case "resume":
      return traffic.mode === "stopped" ? null : openTraffic;
    case "stop":
      return { mode: "stopped", message: event.message };
    case "start":
      return traffic.mode === "paused" ? null : openTraffic;
  }
}
