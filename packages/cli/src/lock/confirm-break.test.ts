import { expect, test, vi } from "vitest";
import { confirmBreak } from "./confirm-break.ts";

const held = {
  host: "web1",
  by: "anna@laptop",
  pid: 812,
  command: "deploy",
  version: null,
  step: null,
  message: null,
  forMs: 12_000,
  remainingMs: 27_000,
  fence: 7,
};

test("--force breaks it without a question", async () => {
  const ask = vi.fn();
  await expect(confirmBreak(true, ask)(held)).resolves.toBe(true);
  expect(ask).not.toHaveBeenCalled();
});

test("a person is told whose it is, and decides", async () => {
  const ask = vi.fn(async () => false);
  await expect(confirmBreak(false, ask)(held)).resolves.toBe(false);
  expect(ask).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("anna@laptop (process 812)"));
});

test("where nobody can be asked, the command that would do is told", async () => {
  await expect(confirmBreak(false, null)(held)).rejects.toMatchObject({
    code: "USAGE",
    facts: { hint: "wait for it, or: deploy lock release --force" },
  });
});
