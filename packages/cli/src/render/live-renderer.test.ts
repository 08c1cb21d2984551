import type { DeployEvent } from "@cutover/core";
import { expect, test } from "vitest";
import { aDeploy, at } from "./events.fixture.ts";
import { liveRenderer } from "./live-renderer.ts";
import { palette } from "./palette.ts";

const failed: DeployEvent & { type: "error" } = {
  at: at(4),
  type: "error",
  error: { code: "BUILD_FAILED", exitCode: 30, cause: "docker build ended with 1" },
};

function aTerminal() {
  const written: string[] = [];
  const out = { columns: 80, rows: 24, write: (text: string) => written.push(text) };
  const err = { write: (text: string) => written.push(text) };
  const clock = { now: () => at(3), monotonic: () => 0 };
  return { renderer: liveRenderer(out, err, palette(false), clock), written };
}

test("nothing is drawn below a failure once it is told", () => {
  const { renderer, written } = aTerminal();
  for (const event of aDeploy()) renderer.event(event);
  renderer.event(failed);
  const told = written.length;
  renderer.event({ at: at(5), type: "phase.started", phase: "undo", title: "Take back", hosts: [] });
  renderer.close();
  expect(written.length).toBe(told);
});

test("a failure opens its evidence below the phases that were done", () => {
  const { renderer, written } = aTerminal();
  for (const event of aDeploy()) renderer.event(event);
  renderer.event({ ...failed, error: { ...failed.error, details: ["COPY: no such file"] } });
  renderer.close();
  expect(written.at(-1)).toBe("✗ Docker build ended with 1 [BUILD_FAILED]\n\n  │ COPY: no such file\n");
});

test("a warning stands above the block, with its host and its hint", () => {
  const { renderer, written } = aTerminal();
  renderer.event({
    at: at(0),
    type: "warning",
    host: null,
    message: "files are not committed",
    hint: "git status",
  });
  renderer.close();
  expect(written.join("")).toContain("! files are not committed (git status)\n");
});
