import { expect, it } from "vitest";
import { plainScalar } from "./scalar.ts";

it.each([
  ["", null],
  ["~", null],
  ["null", null],
  ["yes", true],
  ["On", true],
  ["FALSE", false],
  ["off", false],
  ["y", "y"],
  ["n", "n"],
  ["0", 0],
  ["-1", -1],
  ["+5", 5],
  ["10_000_000", 10_000_000],
  ["0.5", 0.5],
  ["1.10", 1.1],
  ["1.0", "1.0"],
  ["25:25", "25:25"],
  ["0x63616c", "0x63616c"],
  ["0755", "0755"],
  ["1,000", "1,000"],
  ["1e3", "1e3"],
  ["1.5e3", "1.5e3"],
  ["1.5e+3", "1500.0"],
  ["1__0", "1__0"],
  ["1_", "1_"],
  [":local", "local"],
  ["::1", "::1"],
  ["1.22.19", "1.22.19"],
  ["9007199254740993", "9007199254740993"],
  ["2026-11-23", "2026-11-23"],
])("reads %j as Ruby would, or as it was meant", (source, value) => {
  expect(plainScalar(source)).toBe(value);
});
