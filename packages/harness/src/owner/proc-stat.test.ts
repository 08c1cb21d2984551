import { expect, test } from "vitest";
import { startInStat } from "./proc-stat.ts";

const stat = (name: string, state: string) =>
  `4242 (${name}) ${state} 1 4242 4242 0 -1 4194304 100 0 0 0 1 2 0 0 20 0 1 0 987654 1000 200 18446744073709551615`;

test("the start is found behind a name with spaces and brackets", () => {
  expect(startInStat(stat("node (a) b", "S"))).toBe("987654");
});

test("a process that ended but was not buried has none", () => {
  expect(startInStat(stat("node", "Z"))).toBeNull();
});
