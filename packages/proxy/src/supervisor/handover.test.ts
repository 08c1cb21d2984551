import { expect, test } from "vitest";
import { type Handover, type HandoverEvent, handoverAfter } from "./handover.ts";

const ready: HandoverEvent = { from: "new", type: "ready" };
const handedOver: HandoverEvent = { from: "old", type: "handed-over" };
const serving: HandoverEvent = { from: "new", type: "serving" };

test.each<[Handover["step"], HandoverEvent, Handover["step"], string[]]>([
  ["starting", ready, "handing-over", ["old hand-over"]],
  ["starting", serving, "starting", []],
  ["starting", { from: "new", type: "died" }, "failed", ["old replaced"]],
  ["starting", { from: "old", type: "died" }, "taking-over", ["new serve"]],
  ["starting", { from: "clock", type: "too-late" }, "failed", ["old replaced"]],
  ["handing-over", handedOver, "taking-over", ["new serve"]],
  ["handing-over", ready, "handing-over", []],
  ["handing-over", { from: "new", type: "died" }, "failed", ["old replaced"]],
  ["handing-over", { from: "old", type: "died" }, "taking-over", ["new serve"]],
  ["taking-over", serving, "done", ["old replaced", "old leave"]],
  ["taking-over", { from: "old", type: "died" }, "taking-over", []],
  ["taking-over", { from: "new", type: "died" }, "failed", ["old replaced"]],
  ["taking-over", { from: "clock", type: "too-late" }, "failed", ["old replaced"]],
  ["done", { from: "new", type: "died" }, "done", []],
])("%s, %j: %s", (step, event, next, orders) => {
  const result = handoverAfter({ step } as Handover, event);
  expect(result.next.step).toBe(next);
  expect(result.orders.map(({ to, message }) => `${to} ${message}`)).toEqual(orders);
});
