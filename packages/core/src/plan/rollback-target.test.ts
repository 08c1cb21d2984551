import { expect, test } from "vitest";
import { rollbackTarget } from "./rollback-target.ts";

test("without a word it is the release before", () => {
  expect(rollbackTarget(null)).toEqual({ kind: "before" });
});

test("releases can be counted back", () => {
  expect(rollbackTarget("1-release-ago")).toEqual({ kind: "ago", releases: 1 });
  expect(rollbackTarget("3-releases-ago")).toEqual({ kind: "ago", releases: 3 });
});

test("anything else is a name", () => {
  expect(rollbackTarget("3f2a1c0")).toEqual({ kind: "named", name: "3f2a1c0", at: null });
  expect(rollbackTarget("0-releases-ago")).toMatchObject({ kind: "named" });
});

test("a time is a name that may be a time, a day its end", () => {
  expect(rollbackTarget("2026-11-27T09:30Z")).toEqual({
    kind: "named",
    name: "2026-11-27T09:30Z",
    at: Date.UTC(2026, 10, 27, 9, 30),
  });
  const day = rollbackTarget("2026-11-27");
  expect(day.kind === "named" ? day.at : null).toBe(new Date(2026, 10, 27, 23, 59, 59, 999).getTime());
});

test.each(["2026-13-45", "2026-11-27T25:00Z"])("a time that cannot be, %s, is refused", (text) => {
  expect(() => rollbackTarget(text)).toThrow(expect.objectContaining({ code: "USAGE" }));
});
