import { expect, test } from "vitest";
import { commonBeginning } from "./common-beginning.ts";

test("the longest common beginning counts, and not what is alike further on", () => {
  const others = [["x", "b", "c"], ["a", "b", "x"], ["a"]];
  expect(commonBeginning(["a", "b", "c", "d"], others)).toEqual(["a", "b"]);
});

test("a list that another begins with is common as a whole", () => {
  expect(commonBeginning(["a", "b"], [["a", "b", "c"]])).toEqual(["a", "b"]);
  expect(commonBeginning(["a"], [])).toEqual([]);
});
