import { expect, test } from "vitest";
import { alternately } from "./alternately.ts";

test("one of each comes in turn, in the order of its kind, then the rest", () => {
  expect(alternately(["a", "b", "c"], ["1"])).toEqual(["a", "1", "b", "c"]);
  expect(alternately([], ["1", "2"])).toEqual(["1", "2"]);
});
