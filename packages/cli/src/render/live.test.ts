import type { DeployEvent } from "@cutover/core";
import { expect, test } from "vitest";
import { aDeploy, at } from "./events.fixture.ts";
import { type Frame, frame } from "./live.ts";
import { palette } from "./palette.ts";
import { after, nothingYet } from "./progress.ts";

const size = { columns: 80, rows: 24 };

function drawn(events: readonly DeployEvent[], seconds: number, terminal = size): Frame {
  return frame(events.reduce(after, nothingYet), at(seconds), terminal, palette(false));
}

test("a running build shows its last lines", () => {
  expect(drawn(aDeploy().slice(0, 4), 1)).toEqual({
    done: ["deploy hello abc123 → vm1, vm2"],
    block: [
      "⠹ Build and push                        1.0 s",
      "    · build the image 1.0 s",
      "    │ #5 COPY . .",
    ],
  });
});

test("a phase that is done folds to one line", () => {
  const { done, block } = drawn(aDeploy().slice(0, 6), 2);
  expect(done).toEqual(["deploy hello abc123 → vm1, vm2", "✓ Build and push                        2.0 s"]);
  expect(block).toEqual([]);
});

test("each host shows what it does, and how far it is", () => {
  const { block } = drawn(aDeploy().slice(0, 10), 2.4);
  expect(block.slice(1)).toEqual(["    vm1  · pull the image 6 of 12 MB", "    vm2  · pull the image 0.4 s"]);
});

test("what is done never changes again, so it may scroll away", () => {
  const events = aDeploy();
  let before: string[] = [];
  for (let length = 1; length <= events.length; length += 1) {
    const { done } = drawn(events.slice(0, length), 5);
    expect(done.slice(0, before.length)).toEqual(before);
    before = done;
  }
});

test("nothing is wider or higher than the terminal", () => {
  const hosts = Array.from({ length: 60 }, (_, index) => `web-${index}.a-long-domain.example.com`);
  const events: DeployEvent[] = [
    { at: at(0), type: "phase.started", phase: "p", title: "Prepare", hosts },
    ...hosts.map(
      (host): DeployEvent => ({
        at: at(0),
        type: "step.started",
        phase: "p",
        host,
        step: "s",
        title: "pull it",
      }),
    ),
  ];
  const { block } = drawn(events, 1, { columns: 30, rows: 10 });
  expect(block.length).toBeLessThan(10);
  expect(Math.max(...block.map((line) => line.length))).toBeLessThanOrEqual(30);
});

test("a failed phase is marked as such", () => {
  const events: DeployEvent[] = [
    ...aDeploy(),
    { at: at(4), type: "phase.ended", phase: "prepare", ok: false, ms: 2000 },
  ];
  expect(drawn(events, 4).done.at(-1)).toBe("✗ Prepare the hosts                     2.0 s · 12 MB");
});

test("a terminal that does not know its size is drawn on as on one of 80 columns", () => {
  const known = drawn(aDeploy().slice(0, 10), 2.4);
  expect(drawn(aDeploy().slice(0, 10), 2.4, { columns: 0, rows: 0 })).toEqual(known);
});
