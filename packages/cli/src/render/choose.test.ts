import type { WriteStream } from "node:tty";
import { expect, test } from "vitest";
import type { Globals } from "../arguments/globals.ts";
import type { Surroundings } from "../surroundings.ts";
import { rendererFor, type Tells } from "./choose.ts";
import { aDeploy, at } from "./events.fixture.ts";

/** What is written to both streams when a deploy that fails is told. */
function told(tells: Tells, globals: Globals, { isTTY = false, term = "xterm" } = {}) {
  const written = { out: "", err: "" };
  const streamOf = (name: "out" | "err") =>
    ({
      isTTY,
      columns: 80,
      rows: 24,
      write: (text: string) => (written[name] += text),
    }) as unknown as WriteStream;
  const around = {
    env: { TERM: term },
    stdout: streamOf("out"),
    stderr: streamOf("err"),
    clock: { now: () => at(3), monotonic: () => 0 },
  } as Partial<Surroundings> as Surroundings;
  const renderer = rendererFor(tells, globals, around);
  for (const event of aDeploy()) renderer.event(event);
  renderer.event({
    at: at(4),
    type: "error",
    error: { code: "GATE_FAILED", exitCode: 60, cause: "not healthy" },
  });
  renderer.close();
  return written;
}

const cursorMoves = "\u001b[?25l";

test("a terminal is drawn on", () => {
  expect(told("progress", {}, { isTTY: true }).out).toContain(cursorMoves);
});

test.each([
  ["a pipe", {}, { isTTY: false }],
  ["a terminal that cannot redraw", {}, { isTTY: true, term: "dumb" }],
  ["somebody who wants every step", { verbose: true } as const, { isTTY: true }],
])("%s gets plain lines", (_who, globals, terminal) => {
  const { out } = told("progress", globals, terminal);
  expect(out).not.toContain(cursorMoves);
  expect(out).toContain("pull the image");
});

test("failures go to standard error, however progress is told", () => {
  for (const isTTY of [true, false]) {
    const { out, err } = told("progress", {}, { isTTY });
    expect(err).toContain("Not healthy");
    expect(out).not.toContain("Not healthy");
  }
});

test("quiet writes the failure and nothing else", () => {
  expect(told("progress", { quiet: true })).toEqual({ out: "", err: "✗ Not healthy [GATE_FAILED]\n" });
});

test("--json writes events as JSON on standard output and nothing else", () => {
  const { out, err } = told("progress", { json: true }, { isTTY: true });
  const types = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).type);
  expect(types).toEqual([...aDeploy().map(({ type }) => type), "error"]);
  expect(err).toBe("");
});

test("a command that answers writes only what it found, each stream for itself", () => {
  const { out, err } = told("output", {});
  expect(out).toBe("");
  expect(err).toBe("- docker build #5 COPY . .\n✗ Not healthy [GATE_FAILED]\n");
});
