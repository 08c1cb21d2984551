import { expect, test } from "vitest";
import { type LockEvent, type LockState, nextLockState } from "./lock-state.ts";

const held: LockState = { kind: "held", until: 100 };

test("stays held while its lease runs", () => {
  expect(nextLockState(held, { kind: "clock", now: 99 })).toEqual(held);
});

test("is lost at the lease's end", () => {
  expect(nextLockState(held, { kind: "clock", now: 100 })).toEqual({ kind: "lost", reason: "expired" });
});

test("is held longer after a renewal", () => {
  expect(nextLockState(held, { kind: "renewed", until: 150 })).toEqual({ kind: "held", until: 150 });
});

test("is not shortened by a renewal that comes late", () => {
  expect(nextLockState(held, { kind: "renewed", until: 50 })).toEqual(held);
});

test("is lost to whoever took a higher number", () => {
  expect(nextLockState(held, { kind: "superseded" })).toEqual({ kind: "lost", reason: "superseded" });
});

test("is over when it is released", () => {
  expect(nextLockState(held, { kind: "released" })).toEqual({ kind: "released" });
});

const over: LockState[] = [
  { kind: "lost", reason: "expired" },
  { kind: "lost", reason: "superseded" },
  { kind: "released" },
];
const events: LockEvent[] = [
  { kind: "clock", now: 0 },
  { kind: "renewed", until: 1000 },
  { kind: "superseded" },
  { kind: "released" },
];
test.each(over.flatMap((state) => events.map((event) => [state, event] as const)))(
  "once it is over nothing brings it back: %j on %j",
  (state, event) => {
    expect(nextLockState(state, event)).toBe(state);
  },
);
