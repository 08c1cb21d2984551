import { expect, test } from "vitest";
import type { Evidence } from "../control/protocol.ts";
import { type GateEvent, type GateState, gateAfter, newGate, verdictOf } from "./gate.ts";

const targets = ["a:1", "b:2"];
const refusedB: Evidence = { target: "b:2", kind: "refused" };

const through = (...events: GateEvent[]): GateState =>
  events.reduce((state, event, index) => gateAfter(state, event, targets, index * 10), newGate(2));

const passed = (target: number): GateEvent => ({ type: "probed", target, finding: "passed" });
const failed = (target: number): GateEvent => ({ type: "probed", target, finding: refusedB });

test("a new gate has no verdict", () => expect(verdictOf(newGate(1))).toBeNull());

test("one target that passed is not enough where there are two", () =>
  expect(through(passed(0)).phase).toBe("probing"));

test("it opens when every target has passed", () =>
  expect(through(passed(0), failed(1), passed(1))).toEqual({ phase: "open", afterMs: 20, probes: 3 }));

test("at the deadline it closes with what the first failing target showed", () =>
  expect(through(passed(0), failed(1), { type: "deadline" })).toEqual({
    phase: "closed",
    afterMs: 20,
    probes: 2,
    evidence: refusedB,
  }));

test("at the deadline a probe that is still waiting counts as no answer in time", () =>
  expect(through(passed(0), { type: "deadline" })).toMatchObject({
    evidence: { target: "b:2", kind: "timeout", timeoutMs: 10 },
  }));

test("the deadline changes nothing once it is open", () =>
  expect(through(passed(0), passed(1), { type: "deadline" }).phase).toBe("open"));

test("a probe that answers late changes nothing once it is open", () =>
  expect(through(passed(0), passed(1), failed(1)).phase).toBe("open"));

test("an open gate closes when nobody commits in time", () =>
  expect(through(passed(0), passed(1), { type: "expired" }).phase).toBe("closed"));

test("a gate that is still probing does not expire", () =>
  expect(through({ type: "expired" }).phase).toBe("probing"));

test.each([
  ["probing", []],
  ["open", [passed(0), passed(1)]],
])("one that is %s closes when it is abandoned", (_, before) => {
  const state = through(...before, { type: "abandoned", reason: "exited with code 1" });
  expect(verdictOf(state)).toMatchObject({
    state: "unhealthy",
    evidence: { kind: "abandoned", reason: "exited with code 1" },
  });
});

test.each<GateEvent>([passed(1), { type: "expired" }, { type: "abandoned", reason: "again" }])(
  "nothing changes a closed gate: $type",
  (event) => {
    const closed = through(passed(0), { type: "deadline" });
    expect(gateAfter(closed, event, targets, 99)).toBe(closed);
  },
);
