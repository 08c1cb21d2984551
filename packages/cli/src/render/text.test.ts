import { expect, test } from "vitest";
import { clip, count, duration, plainLine, timeOfDay, withShortHashes } from "./text.ts";

test("short spans are told in tenths of a second, long ones in minutes", () => {
  expect(duration(0)).toBe("0.0 s");
  expect(duration(640)).toBe("0.6 s");
  expect(duration(59_960)).toBe("1 m 00 s");
  expect(duration(75_400)).toBe("1 m 15 s");
});

test("the time of day follows the offset given", () => {
  expect(timeOfDay(Date.UTC(2026, 0, 1, 23, 30, 5), 0)).toBe("23:30:05");
  expect(timeOfDay(Date.UTC(2026, 0, 1, 23, 30, 5), 60)).toBe("00:30:05");
});

test("a foreign line cannot move the cursor or change colours", () => {
  expect(plainLine("\u001b[2J\u001b[31mred\u001b[0m\u0007")).toBe("red");
});

test("of a line redrawn with carriage returns the last state is kept", () => {
  expect(plainLine("10%\r50%\r100%\r\n")).toBe("100%");
});

test("a line that fits is left as it is", () => {
  expect(clip("hello", 5)).toBe("hello");
});

test("a long line is cut to the width, colours not counted", () => {
  expect(clip("hello world", 6)).toBe("hello…");
  expect(clip("\u001b[31mhello\u001b[39m world", 6)).toBe("\u001b[31mhello\u001b[39m…\u001b[0m");
});

test("numbers carry their noun", () => {
  expect(count(1, "host")).toBe("1 host");
  expect(count(12_000, "request")).toBe("12,000 requests");
});

test("commit hashes are shown as git shows them, digests and other digits are not touched", () => {
  const hash = "a562c3d2e9231d0710502844c3d3b158648856f5";
  expect(withShortHashes(`web-${hash}_uncommitted_12`)).toBe("web-a562c3d_uncommitted_12");
  expect(withShortHashes(`sha256:${hash}${hash}`)).toBe(`sha256:${hash}${hash}`);
});
