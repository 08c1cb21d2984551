import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import { interruption } from "./interrupt.ts";

test("the first signal aborts and is told, the second ends at once", () => {
  const signals = new EventEmitter();
  const [first, second] = [vi.fn(), vi.fn()];
  const { signal } = interruption(signals, first, second);
  signals.emit("SIGINT");
  expect(signal.reason).toBe("SIGINT");
  expect(first).toHaveBeenCalledExactlyOnceWith("SIGINT");
  expect(second).not.toHaveBeenCalled();
  signals.emit("SIGTERM");
  expect(second).toHaveBeenCalledExactlyOnceWith("SIGTERM");
  expect(signal.reason).toBe("SIGINT");
});

test("a closed terminal counts as SIGTERM", () => {
  const signals = new EventEmitter();
  const { signal } = interruption(signals, vi.fn(), vi.fn());
  signals.emit("SIGHUP");
  expect(signal.reason).toBe("SIGTERM");
});

test("nothing listens any more once it is disposed", () => {
  const signals = new EventEmitter();
  interruption(signals, vi.fn(), vi.fn()).dispose();
  expect(signals.eventNames()).toEqual([]);
});
