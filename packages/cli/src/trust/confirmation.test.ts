import type { TrustFound } from "@cutover/core";
import { expect, test, vi } from "vitest";
import { confirmation } from "./confirmation.ts";

const found: TrustFound = {
  host: "vm1",
  port: 22,
  algorithm: "ssh-ed25519",
  fingerprint: "SHA256:abc",
  before: "unknown",
};
const nobody = { fingerprint: null, yes: false };

test("the fingerprint given is trusted without a question", async () => {
  const ask = vi.fn();
  await expect(confirmation({ fingerprint: "SHA256:abc", yes: false }, ask)(found)).resolves.toBe(true);
  await expect(confirmation({ fingerprint: "abc", yes: false }, ask)(found)).resolves.toBe(true);
  expect(ask).not.toHaveBeenCalled();
});

test("another fingerprint is refused, also with --yes", async () => {
  const decided = confirmation({ fingerprint: "SHA256:other", yes: true }, null)(found);
  await expect(decided).rejects.toMatchObject({ code: "HOST_KEY_UNKNOWN", exitCode: 21 });
});

test("--yes trusts what the host shows", async () => {
  await expect(confirmation({ fingerprint: null, yes: true }, null)(found)).resolves.toBe(true);
});

test("a person is shown the host and the fingerprint, and decides", async () => {
  const ask = vi.fn(async () => false);
  await expect(confirmation(nobody, ask)(found)).resolves.toBe(false);
  expect(ask).toHaveBeenCalledExactlyOnceWith("vm1 shows the ssh-ed25519 key\n  SHA256:abc\nTrust it?");
});

test("a changed key is said to be one", async () => {
  const ask = vi.fn(async (_question: string) => true);
  await confirmation(nobody, ask)({ ...found, port: 2222, before: "changed" });
  expect(ask.mock.lastCall?.[0]).toMatch(/^This is NOT the key .*\nvm1:2222 shows/);
});

test("where nobody can be asked, the command that would do is told", async () => {
  await expect(confirmation(nobody, null)(found)).rejects.toMatchObject({
    code: "USAGE",
    facts: { hint: "deploy trust vm1 --fingerprint SHA256:abc" },
  });
});
