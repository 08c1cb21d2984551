import { expect, test } from "vitest";
import { aHostState, anActive, anOlderRecord, aServingState } from "./builders.fixture.ts";
import { chooseRollback } from "./choose-rollback.ts";

/** `r3` serves, `r2` and `r1` have. */
function aHistory(host: string) {
  return aServingState({
    host,
    records: [3, 2, 1].map(anOlderRecord),
    active: anActive({ release: "r3", version: "v3", previous: ["r2", "r1"] }),
  });
}

function chosen(...args: Parameters<typeof chooseRollback>): string[] {
  return chooseRollback(...args).map(({ state, record }) => `${state.host} ${record.release}`);
}

test("without a version it goes to the release that served before, on every host", () => {
  expect(chosen([aHistory("web1"), aHistory("web2")], null)).toEqual(["web1 r2", "web2 r2"]);
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
  expect(() => chooseRollback([state], "3f2")).toThrow("no release 3f2");
});

test("a release that was written down and never served is not gone back to", () => {
  const state = { ...aHistory("web1"), active: anActive({ release: "r3", version: "v3", previous: ["r1"] }) };
  expect(chosen([state], null)).toEqual(["web1 r1"]);
});

test("a release that one host lacks is refused, naming the host", () => {
  const lacking = { ...aHistory("web2"), records: [anOlderRecord(3)] };
  expect(() => chooseRollback([aHistory("web1"), lacking], null)).toThrow("is not on web2");
});

test("what serves already is said to", () => {
  expect(() => chooseRollback([aHistory("web1")], "v3")).toThrow("v3 is what serves already");
});

test("a host on which nothing served before is refused", () => {
  expect(() => chooseRollback([aHostState()], null)).toThrow("nothing has served on web1 before");
});
