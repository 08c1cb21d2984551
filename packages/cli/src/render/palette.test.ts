import { expect, test } from "vitest";
import { palette, wantsColor } from "./palette.ts";

test("a terminal is coloured and a pipe is not", () => {
  expect(wantsColor("auto", {}, true)).toBe(true);
  expect(wantsColor("auto", {}, false)).toBe(false);
});

test("NO_COLOR turns colour off, but its empty value does not", () => {
  expect(wantsColor("auto", { NO_COLOR: "1" }, true)).toBe(false);
  expect(wantsColor("auto", { NO_COLOR: "" }, true)).toBe(true);
});

test("--color is stronger than NO_COLOR and than the stream", () => {
  expect(wantsColor("always", { NO_COLOR: "1" }, false)).toBe(true);
  expect(wantsColor("never", {}, true)).toBe(false);
});

test("a palette that is off leaves text alone", () => {
  expect(palette(false).bad("no")).toBe("no");
  expect(palette(true).bad("no")).not.toBe("no");
});
