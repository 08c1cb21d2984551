import { expect, test } from "vitest";
import { enter, noFailures, openReceipt, type ReceiptEvent } from "./receipt.ts";

const identity = { switch: "s2", service: "app", from: "r1", to: "r2", at: 1_700_000_000_000 };

function after(...events: ReceiptEvent[]) {
  const receipt = openReceipt(identity, { requests: 3, websockets: 2 }, noFailures(), noFailures());
  for (const event of events) enter(receipt, event);
  return receipt;
}

test("what ends in its own time is drained", () =>
  expect(after({ type: "request-ended", cut: false })).toMatchObject({ drained: 1, cut: 0 }));

test("what is ended at the limit is cut", () =>
  expect(after({ type: "request-ended", cut: true })).toMatchObject({ drained: 0, cut: 1 }));

test("websockets are counted apart", () =>
  expect(
    after({ type: "websocket-ended", cut: true }, { type: "websocket-ended", cut: false }),
  ).toMatchObject({
    drained: 0,
    cut: 0,
    websockets: { open: 2, closed: 1, cut: 1 },
  }));

test("it settles as drained when nothing was cut", () =>
  expect(after({ type: "settled", drainMs: 40 })).toMatchObject({ state: "drained", drainMs: 40 }));

test("it settles as cut when anything was", () =>
  expect(after({ type: "websocket-ended", cut: true }, { type: "settled", drainMs: 40 }).state).toBe("cut"));

test("a settled one counts no more", () =>
  expect(after({ type: "settled", drainMs: 1 }, { type: "request-ended", cut: false }).drained).toBe(0));

test.each<ReceiptEvent[]>([[], [{ type: "settled", drainMs: 1 }]])(
  "it may be reverted before and after it settled",
  (...before) => expect(after(...before, { type: "reverted" }).state).toBe("reverted"),
);

test("what was still under way when the proxy died was cut", () =>
  expect(after({ type: "request-ended", cut: false }, { type: "lost" })).toMatchObject({
    state: "cut",
    drained: 1,
    cut: 2,
    websockets: { cut: 2 },
  }));

test("failures before the switch are a copy, those after it go on counting", () => {
  const before = noFailures();
  const since = noFailures();
  const receipt = openReceipt(identity, { requests: 0, websockets: 0 }, before, since);
  before.requests = 7;
  since.requests = 9;
  expect([receipt.before.requests, receipt.after.requests]).toEqual([0, 9]);
});
