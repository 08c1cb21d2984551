import { EventEmitter } from "node:events";
import type { WriteStream } from "node:tty";
import { expect, test, vi } from "vitest";
import { audienceOf } from "./audience.ts";
import { aDeploy } from "./render/events.fixture.ts";
import type { Renderer } from "./render/renderer.ts";
import type { Surroundings } from "./surroundings.ts";

function anAudience(tells: "progress" | "output") {
  const renderer = {
    event: vi.fn(),
    result: vi.fn(),
    remark: vi.fn(),
    pause: () => () => {},
    close: vi.fn(),
  } satisfies Renderer;
  const stdout = new EventEmitter();
  const signals = new EventEmitter();
  const exit = vi.fn();
  const around = { stdout: stdout as unknown as WriteStream, signals, exit } as Partial<Surroundings>;
  return { renderer, stdout, signals, exit, audience: audienceOf(renderer, tells, around as Surroundings) };
}

test("a command that answers ends when nobody reads it any more", () => {
  const { audience, stdout, renderer } = anAudience("output");
  stdout.emit("error", new Error("EPIPE"));
  expect(audience.signal.aborted).toBe(true);
  audience.event(aDeploy()[0] as never);
  expect(renderer.event).not.toHaveBeenCalled();
});

test("a deploy goes on, also when nobody reads about it any more", () => {
  const { audience, stdout } = anAudience("progress");
  stdout.emit("error", new Error("EPIPE"));
  expect(audience.signal.aborted).toBe(false);
});

test("the first Ctrl-C of a deploy says what happens now, the second what was left", () => {
  const { audience, signals, renderer, exit } = anAudience("progress");
  for (const event of aDeploy()) audience.event(event);
  signals.emit("SIGINT");
  expect(audience.signal.reason).toBe("SIGINT");
  expect(exit).not.toHaveBeenCalled();
  signals.emit("SIGINT");
  expect(renderer.remark).toHaveBeenCalledWith("Complete: Build and push.");
  expect(exit).toHaveBeenCalledExactlyOnceWith(130);
});
