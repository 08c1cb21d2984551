import picocolors from "picocolors";
import { expect, test } from "vitest";
import type { DemoEvent } from "./event.ts";
import { liveRenderer } from "./render-live.ts";

/** What a terminal would show after what was written: lines, "one up" and "clear this line". */
function shownBy(written: string): string[] {
  const lines = [""];
  const named = written
    .replaceAll("\x1b[1A", "|up|")
    .replaceAll("\x1b[2K", "|clear|")
    .replaceAll("\n", "|down|");
  for (const piece of named.split("|")) {
    if (piece === "down") lines.push("");
    else if (piece === "up") lines.pop();
    else if (piece === "clear") lines[lines.length - 1] = "";
    else lines[lines.length - 1] += piece;
  }
  return lines.slice(0, -1);
}

function shown(events: DemoEvent[], nowMs = 0): string[] {
  let written = "";
  let now = 0;
  const terminal = {
    columns: 80,
    write: (text: string) => {
      written += text;
    },
  };
  const sink = liveRenderer(terminal, picocolors.createColors(false), () => now);
  for (const [index, event] of events.entries()) {
    if (index === events.length - 1) now = nowMs;
    sink(event);
  }
  return shownBy(written);
}

const setup: DemoEvent = { type: "stage.started", name: "setup", title: "deploy setup" };

test("the stage under way lives below what stays, with its time", () => {
  expect(shown([setup, { type: "command", command: "deploy setup" }], 1_500)).toEqual([
    "",
    "3  deploy setup",
    "   $ deploy setup",
    "   ⠴ 1.5 s",
  ]);
});

test("parts that are starting live, parts that are healthy stay", () => {
  expect(
    shown([
      { type: "stage.started", name: "sandbox", title: "machines" },
      { type: "part", part: "registry", state: "starting", ms: 0 },
      { type: "part", part: "vm1", state: "starting", ms: 0 },
      { type: "part", part: "registry", state: "healthy", ms: 900 },
    ]),
  ).toEqual(["", "1  machines", "   registry      0.9 s", "   ⠋ vm1", "   ⠋ 0.0 s"]);
});

test("requests are counted while they are sent", () => {
  const progress: DemoEvent = { type: "traffic.progress", sent: 400, answered: 390, failed: 0 };
  expect(shown([setup, progress]).at(-1)).toBe("   ⠋ 0.0 s  400 requests, 0 failed");
});

test("a stage that has ended leaves no live line behind", () => {
  const ended: DemoEvent = {
    type: "stage.ended",
    name: "setup",
    title: "deploy setup",
    ok: true,
    ms: 9_000,
    checks: [],
    traffic: null,
  };
  expect(shown([setup, ended])).toEqual(["", "3  deploy setup", "   9.0 s"]);
});
