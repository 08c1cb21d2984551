import { expect, test } from "vitest";
import { versionChanges, versionSpans } from "./versions.ts";

const sent = (version: string, ...times: number[]) => times.map((sentMs) => ({ version, sentMs }));

test("a version's span goes from its first to its last request, whatever order answers came in", () => {
  expect(versionSpans(sent("1", 30, 10, 20))).toEqual([
    { version: "1", firstSentMs: 10, lastSentMs: 30, answers: 3 },
  ]);
});

test("a change is when the new version's first request was sent", () => {
  const spans = versionSpans([...sent("1", 0, 10), ...sent("2", 20, 30)]);
  expect(versionChanges(spans)).toEqual([{ from: "1", to: "2", atMs: 20, mixedMs: 0 }]);
});

test("while hosts switch one after the other both versions answer", () => {
  const spans = versionSpans([...sent("1", 0, 35), ...sent("2", 20, 40)]);
  expect(versionChanges(spans)).toEqual([{ from: "1", to: "2", atMs: 20, mixedMs: 15 }]);
});

test("one version alone never changed", () => {
  expect(versionChanges(versionSpans(sent("1", 0, 10)))).toEqual([]);
});
