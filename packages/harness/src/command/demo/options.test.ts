import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

test("without arguments it is for a person, and takes the sandbox down", () => {
  expect(readOptions([])).toEqual({ output: "person", after: "take-down" });
});

test("--json and --keep go together", () => {
  expect(readOptions(["--json", "--keep"])).toEqual({ output: "json", after: "keep" });
});

test("help is asked for in either form", () => {
  expect(readOptions(["-h"])).toBeNull();
  expect(readOptions(["--help"])).toBeNull();
});

test("an unknown flag is refused by name", () => {
  expect(() => readOptions(["--jsn"])).toThrow("--jsn");
});
