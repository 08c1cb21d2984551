import type { FromWorker, ToWorker } from "./messages.ts";

/** A replacement under way, by what is being waited for. */
export type Handover =
  | { step: "starting" }
  | { step: "handing-over" }
  | { step: "taking-over" }
  | { step: "done" }
  | { step: "failed"; reason: string };

export type HandoverEvent =
  | { from: "new" | "old"; type: FromWorker["type"] }
  | { from: "new" | "old"; type: "died" }
  | { from: "clock"; type: "too-late" };

/** What is to be sent on the way to the next step. */
export interface Order {
  to: "new" | "old";
  message: ToWorker["type"];
}

/**
 * One arrow of a replacement: the new worker starts, the old one stops making changes, the new one
 * reads what is on disk and serves, the old one leaves. Until the new one serves, the old one does.
 */
export function handoverAfter(handover: Handover, event: HandoverEvent): { next: Handover; orders: Order[] } {
  const stay = { next: handover, orders: [] };
  if (handover.step === "done" || handover.step === "failed") return stay;
  if (event.type === "too-late") return failed("the new worker took too long");
  if (event.type === "died") {
    if (event.from === "new") return failed("the new worker ended before it served");
    // Nothing is left to hand over; the new one takes what is on disk.
    if (handover.step === "taking-over") return stay;
    return { next: { step: "taking-over" }, orders: [{ to: "new", message: "serve" }] };
  }
  switch (handover.step) {
    case "starting":
      if (event.from !== "new" || event.type !== "ready") return stay;
      return { next: { step: "handing-over" }, orders: [{ to: "old", message: "hand-over" }] };
    case "handing-over":
      if (event.from !== "old" || event.type !== "handed-over") return stay;
      return { next: { step: "taking-over" }, orders: [{ to: "new", message: "serve" }] };
    case "taking-over":
      if (event.from !== "new" || event.type !== "serving") return stay;
      return {
        next: { step: "done" },
        orders: [
          { to: "old", message: "replaced" },
          { to: "old", message: "leave" },
        ],
      };
  }
}

function failed(reason: string): { next: Handover; orders: Order[] } {
  return { next: { step: "failed", reason }, orders: [{ to: "old", message: "replaced" }] };
}
