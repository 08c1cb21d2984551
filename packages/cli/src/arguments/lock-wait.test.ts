import { Command } from "commander";
import { expect, test } from "vitest";
import { addLockWait, lockWaitOf } from "./lock-wait.ts";

function typed(...words: string[]) {
  const command = addLockWait(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return lockWaitOf(command.parse(words, { from: "user" }).opts());
}

test("nobody waits who did not ask for it", () => {
  expect(typed()).toBeNull();
});

test("who waits does so for fifteen minutes, and looks every five seconds", () => {
  expect(typed("--lock-wait")).toEqual({ timeoutMs: 900_000, intervalMs: 5_000 });
});

test("a time alone means that one wants to wait", () => {
  expect(typed("--lock-wait-timeout", "90")).toEqual({ timeoutMs: 90_000, intervalMs: 5_000 });
  expect(typed("--lock-wait-interval", "500ms")).toEqual({ timeoutMs: 900_000, intervalMs: 500 });
});

test("what is no time is refused", () => {
  expect(() => typed("--lock-wait-timeout", "soon")).toThrow(/Write seconds, such as 30/);
});
