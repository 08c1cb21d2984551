import type { DeployEvent } from "@cutover/core";
import { expect, test } from "vitest";
import { aDeploy, at } from "./events.fixture.ts";
import { type Detail, lineWriter } from "./lines.ts";
import { palette } from "./palette.ts";

function lines(events: readonly DeployEvent[], detail: Detail = "normal"): string[] {
  return events.flatMap(lineWriter({ detail, paint: palette(false), utcOffsetMinutes: 0 }));
}

test("every line begins with its time and its host", () => {
  expect(lines(aDeploy())).toEqual([
    "10:00:00 -   deploy hello abc123",
    "10:00:00 -   Build and push",
    "10:00:00 -   docker build │ #5 COPY . .",
    "10:00:02 -   ✓ build the image (2.0 s)",
    "10:00:02 -   ✓ Build and push (2.0 s)",
    "10:00:02 -   Prepare the hosts",
    "10:00:02 vm1 ✓ pull the image: 12 MB (0.5 s)",
    "10:00:03 vm2 ✓ pull the image: 12 MB (0.7 s)",
  ]);
});

test("quiet tells only failures", () => {
  const failed: DeployEvent = {
    at: at(9),
    type: "error",
    error: { code: "INTERNAL", exitCode: 80, cause: "it broke" },
  };
  expect(lines([...aDeploy(), failed], "quiet")).toEqual(["✗ It broke [INTERNAL]"]);
});

test("verbose tells when a step starts and how it gets on", () => {
  const told = lines(aDeploy(), "verbose");
  expect(told).toContain("10:00:02 vm1 pull the image …");
  expect(told).toContain("10:00:02 vm1 6 of 12 MB");
});

test("a phase says when it is done, whether or not it has steps", () => {
  const connect: DeployEvent[] = [
    { at: at(0), type: "phase.started", phase: "connect", title: "Connect to the hosts", hosts: [] },
    { at: at(1), type: "phase.ended", phase: "connect", ok: true, ms: 1000 },
  ];
  expect(lines(connect)).toEqual([
    "10:00:00 - Connect to the hosts",
    "10:00:01 - ✓ Connect to the hosts (1.0 s)",
  ]);
  const prepared: DeployEvent = { at: at(3), type: "phase.ended", phase: "prepare", ok: true, ms: 1000 };
  expect(lines([...aDeploy(), prepared]).at(-1)).toBe("10:00:03 -   ✓ Prepare the hosts (1.0 s)");
});

test("a phase that failed is not called done", () => {
  const failed: DeployEvent = { at: at(3), type: "phase.ended", phase: "prepare", ok: false, ms: 1000 };
  expect(lines([...aDeploy(), failed])).toEqual(lines(aDeploy()));
});

test("a warning carries its hint", () => {
  const warning: DeployEvent = {
    at: at(0),
    type: "warning",
    host: "vm1",
    message: "the clock is off",
    hint: "install chrony",
  };
  expect(lines([warning])).toEqual(["10:00:00 vm1 ! the clock is off (install chrony)"]);
});

test("output of another program cannot draw on the log", () => {
  const output: DeployEvent = {
    at: at(0),
    type: "output",
    source: "hello-web-1",
    host: "vm1",
    stream: "stdout",
    text: "\u001b[2Jcleared",
  };
  expect(lines([output])).toEqual(["10:00:00 vm1 hello-web-1 │ cleared"]);
});

test("commit hashes are short after the first line, and exact when verbose", () => {
  const hash = "a562c3d2e9231d0710502844c3d3b158648856f5";
  const events: DeployEvent[] = [
    { at: at(0), type: "command.started", command: "deploy", service: "hello", version: hash, hosts: [] },
    { at: at(0), type: "phase.started", phase: "boot", title: `Boot ${hash}`, hosts: [] },
  ];
  expect(lines(events)).toEqual([`10:00:00 - deploy hello ${hash}`, "10:00:00 - Boot a562c3d"]);
  expect(lines(events, "verbose").at(-1)).toBe(`10:00:00 - Boot ${hash}`);
});
