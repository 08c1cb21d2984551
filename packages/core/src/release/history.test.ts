import { expect, test } from "vitest";
import { anAuditEntry } from "../audit/entry.fixture.ts";
import { anActive, anOlderRecord, aRecord } from "../plan/builders.fixture.ts";
import { type HostHistory, knownReleases } from "./history.ts";

function aHistory(over: Partial<HostHistory> = {}): HostHistory {
  return {
    host: "web1",
    records: [aRecord(), anOlderRecord()],
    active: anActive({ release: "r2", version: "v2", previous: ["r1"] }),
    audit: [anAuditEntry({ release: "r1", version: "v1", at: 1 }), anAuditEntry({ at: 2 })],
    ...over,
  };
}

const failed = anAuditEntry({
  release: "r3",
  version: "v3",
  at: 3,
  error: {
    code: "GATE_FAILED",
    exitCode: 60,
    cause: "it ended",
    state: "not-switched",
    phase: "boot",
    host: "web1",
  },
});

test("releases are listed newest first, with what serves and what served", () => {
  const releases = knownReleases([aHistory(), aHistory({ host: "web2" })]);
  expect(releases).toMatchObject([
    { release: "r2", version: "v2", result: "ok", servesOn: ["web1", "web2"], served: false },
    { release: "r1", version: "v1", result: "ok", servesOn: [], served: true, recordedOn: ["web1", "web2"] },
  ]);
});

test("one that failed left no record, and is known from the audit with where it failed", () => {
  const [release] = knownReleases([aHistory({ audit: [failed] })]);
  expect(release).toMatchObject({
    release: "r3",
    version: "v3",
    digest: "sha256:bb",
    createdBy: "anna@laptop",
    result: "failed",
    failure: { code: "GATE_FAILED", phase: "boot", cause: "it ended" },
    recordedOn: [],
  });
});

test("one whose client was killed has a record and no end", () => {
  const killed = aRecord({ release: "r3", version: "v3", createdAt: 30 });
  const [release] = knownReleases([aHistory({ records: [killed], audit: [] })]);
  expect(release).toMatchObject({ release: "r3", result: "unfinished", failure: null });
});

test("one that serves went well, also where what came after its switch did not", () => {
  const late = anAuditEntry({
    error: {
      code: "AFTER_SWITCH",
      exitCode: 51,
      cause: "prune",
      state: "switched",
      phase: "prune",
      host: null,
    },
  });
  expect(knownReleases([aHistory({ audit: [late] })])[0]).toMatchObject({
    release: "r2",
    result: "ok",
    failure: { code: "AFTER_SWITCH" },
  });
});

test("what an audit says of no release is no release", () => {
  const entry = anAuditEntry({ command: "lock release", release: null, version: null });
  expect(knownReleases([aHistory({ records: [], audit: [entry] })])).toEqual([]);
});

test("a rollback to it that failed later says nothing of how its own deploy ended", () => {
  const rollback = { ...failed, command: "rollback", release: "r1", version: "v1", at: 9 };
  const releases = knownReleases([aHistory({ audit: [...aHistory().audit, rollback] })]);
  expect(releases.find(({ release }) => release === "r1")).toMatchObject({ result: "ok", failure: null });
});
