import { durationBounds, type FailureCounts, type Receipt } from "../control/protocol.ts";

/** What is on the old target when a switch is made. */
export interface InFlightCount {
  requests: number;
  websockets: number;
}

export function noFailures(): FailureCounts {
  return { requests: 0, targetErrors: 0, targetFailures: 0, clientAborts: 0, proxyErrors: 0 };
}

/** No answer counted under any of the bounds. */
export function noDurations(): number[] {
  return new Array(durationBounds.length + 1).fill(0);
}

/**
 * The receipt of a switch at the moment it is made.
 *
 * @param before counted up to now; a copy is kept
 * @param after counted from now on; it is kept as it is, so that it goes on counting
 */
export function openReceipt(
  identity: Pick<Receipt, "switch" | "service" | "from" | "to" | "at">,
  inFlight: InFlightCount,
  before: FailureCounts,
  after: FailureCounts,
): Receipt {
  return {
    ...identity,
    state: "draining",
    inFlight: inFlight.requests,
    drained: 0,
    cut: 0,
    held: 0,
    longestHoldMs: 0,
    retried: 0,
    before: { ...before },
    after,
    websockets: { open: inFlight.websockets, closed: 0, cut: 0 },
    drainMs: 0,
  };
}

/** What can become of what a receipt accounts for. */
export type ReceiptEvent =
  | { type: "request-ended"; cut: boolean }
  | { type: "websocket-ended"; cut: boolean }
  /** Nothing is left on the old target. */
  | { type: "settled"; drainMs: number }
  /** The old target serves again. */
  | { type: "reverted" }
  /** The proxy that was counting has died. */
  | { type: "lost" };

/** Enters an event into a receipt. One that is settled takes no more of them, but may be reverted. */
export function enter(receipt: Receipt, event: ReceiptEvent): void {
  if (receipt.state !== "draining" && event.type !== "reverted") return;
  switch (event.type) {
    case "request-ended":
      if (event.cut) receipt.cut += 1;
      else receipt.drained += 1;
      return;
    case "websocket-ended":
      if (event.cut) receipt.websockets.cut += 1;
      else receipt.websockets.closed += 1;
      return;
    case "settled":
      receipt.drainMs = event.drainMs;
      receipt.state = receipt.cut + receipt.websockets.cut > 0 ? "cut" : "drained";
      return;
    case "reverted":
      receipt.state = "reverted";
      return;
    case "lost":
      receipt.cut = receipt.inFlight - receipt.drained;
      receipt.websockets.cut = receipt.websockets.open - receipt.websockets.closed;
      receipt.state = receipt.cut + receipt.websockets.cut > 0 ? "cut" : "drained";
      return;
  }
}
