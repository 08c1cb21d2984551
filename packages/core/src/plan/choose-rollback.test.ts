import { expect, test } from "vitest";
import { aHostState, anActive, anOlderRecord, aServingState } from "./builders.fixture.ts";
import { chooseRollback } from "./choose-rollback.ts";
import { rollbackTarget } from "./rollback-target.ts";

/** `r3` serves, `r2` and `r1` have. */
function aHistory(host: string) {
  return aServingState({
    host,
    records: [3, 2, 1].map(anOlderRecord),
    active: anActive({ release: "r3", version: "v3", previous: ["r2", "r1"] }),
  });
}

function chosen(fleet: Parameters<typeof chooseRollback>[0], wanted: string | null): string[] {
  return chooseRollback(fleet, rollbackTarget(wanted)).map(({ state, record }) => {
    return `${state.host} ${record.release}`;
  });
}

test("without a version it goes to the release that served before, on every host", () => {
  expect(chosen([aHistory("web1"), aHistory("web2")], null)).toEqual(["web1 r2", "web2 r2"]);
});

test("a second rollback goes on to what is older, and not back to what the first one left", () => {
  const rolledBack = { ...aHistory("web1"), active: anActive({ release: "r2", previous: ["r3", "r1"] }) };
  expect(chosen([rolledBack], null)).toEqual(["web1 r1"]);
  expect(chosen([rolledBack], "v3")).toEqual(["web1 r3"]);
});

test("a release that brought back another is as old as that", () => {
  const again = { ...anOlderRecord(9), rollbackOf: { release: "r2", createdAt: anOlderRecord(2).createdAt } };
  const state = aServingState({
    records: [again, ...[3, 2, 1].map(anOlderRecord)],
    active: anActive({ release: "r9", previous: ["r3", "r2", "r1"] }),
  });
  expect(chosen([state], null)).toEqual(["web1 r1"]);
});

test("releases are counted back from what serves", () => {
  expect(chosen([aHistory("web1")], "1-release-ago")).toEqual(["web1 r2"]);
  expect(chosen([aHistory("web1")], "2-releases-ago")).toEqual(["web1 r1"]);
  expect(() => chosen([aHistory("web1")], "3-releases-ago")).toThrow("only 2 older releases are kept");
});

test("a version is found by name", () => {
  expect(chosen([aHistory("web1")], "v1")).toEqual(["web1 r1"]);
});

test("a release is found by name", () => {
  expect(chosen([aHistory("web1")], "r1")).toEqual(["web1 r1"]);
});

test("a commit may be shortened to four digits, not to three", () => {
  const commit = { ...anOlderRecord(), version: "3f2a1c0000000000000000000000000000000000" };
  const state = aServingState({
    records: [commit],
    active: anActive({ release: "r9", previous: [commit.release] }),
  });
  expect(chosen([state], "3f2a")).toEqual(["web1 r1"]);
  expect(() => chosen([state], "3f2")).toThrow("no release 3f2");
});

test("a time finds what served then, and a version of that name before it", () => {
  const days = [3, 2, 1].map((day) => {
    return { ...anOlderRecord(day), createdAt: Date.UTC(2026, 10, day, 12) };
  });
  const state = { ...aHistory("web1"), records: days };
  expect(chosen([state], "2026-11-02T13:00Z")).toEqual(["web1 r2"]);
  expect(chosen([state], "2026-11-02T11:00Z")).toEqual(["web1 r1"]);
  expect(() => chosen([state], "2026-11-04T00:00Z")).toThrow("is what serves already");
  expect(() => chosen([state], "2026-10-01")).toThrow("no release 2026-10-01");
  const tagged = { ...state, records: days.map((record) => ({ ...record, version: "2026-11-04" })) };
  expect(chosen([tagged], "2026-11-04")).toEqual(["web1 r2"]);
});

test("a release that was written down and never served is not gone back to", () => {
  const state = { ...aHistory("web1"), active: anActive({ release: "r3", version: "v3", previous: ["r1"] }) };
  expect(chosen([state], null)).toEqual(["web1 r1"]);
});

test("a release that one host lacks is refused, naming the host", () => {
  const lacking = { ...aHistory("web2"), records: [anOlderRecord(3)] };
  expect(() => chosen([aHistory("web1"), lacking], null)).toThrow("is not on web2");
});

test("what serves already is said to", () => {
  expect(() => chosen([aHistory("web1")], "v3")).toThrow("v3 is what serves already");
});

test("a host on which nothing served before is refused", () => {
  expect(() => chosen([aHostState()], null)).toThrow("nothing older than what serves is kept on web1");
});
