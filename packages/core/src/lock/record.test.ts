import { expect, test } from "vitest";
import { fenceOf, judge, type LockRecord, parseLockRecord } from "./record.ts";

const now = { bootId: "b1", uptimeMs: 60_000 };

function aRecord(changes: Partial<LockRecord> = {}): LockRecord {
  return {
    schemaVersion: 1,
    holder: {
      by: "anna@laptop",
      pid: 7,
      command: "deploy",
      version: "3f2a1c",
      step: null,
      message: null,
      token: null,
    },
    takenAt: { bootId: "b1", uptimeMs: 50_000 },
    leaseUntil: { bootId: "b1", uptimeMs: 80_000 },
    state: "held",
    ...changes,
  };
}

test("a lock whose lease runs is held, and says for how long still", () => {
  expect(judge(aRecord(), now)).toEqual({ kind: "held", forMs: 10_000, remainingMs: 20_000 });
});

test("one without a lease is held until it is freed, also when the host was started anew", () => {
  expect(judge(aRecord({ leaseUntil: null }), { bootId: "b2", uptimeMs: 4_000 })).toEqual({
    kind: "held",
    forMs: 4_000,
    remainingMs: null,
  });
});

test.each([
  ["there is none", null],
  ["it was released", aRecord({ state: "released" })],
  ["its lease is over", aRecord({ leaseUntil: { bootId: "b1", uptimeMs: 60_000 } })],
  ["the host was started anew", aRecord({ leaseUntil: { bootId: "b0", uptimeMs: 80_000 } })],
])("is free where %s", (_why, record) => {
  expect(judge(record, now)).toEqual({ kind: "free" });
});

test("survives being written and read", () => {
  expect(parseLockRecord(JSON.stringify(aRecord()))).toEqual(aRecord());
});

test.each(["", "{", "{}", "null"])("%j is no record", (text) => {
  expect(parseLockRecord(text)).toBeNull();
});

test("only numbered files are locks", () => {
  expect(["17.json", ".seed", "17.json.x", ".a1b2"].map(fenceOf)).toEqual([17, null, null, null]);
});
