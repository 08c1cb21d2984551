import type { HeldLockFacts, LockStatus } from "@cutover/core";
import { expect, test } from "vitest";
import { palette } from "../render/palette.ts";
import { changeLines, statusLines } from "./lines.ts";

const paint = palette(false);
const held = (over: Partial<HeldLockFacts> = {}): HeldLockFacts => ({
  host: "web1",
  by: "anna@laptop",
  pid: 812,
  command: "deploy",
  version: "3f2a1c0",
  step: "Boot the new containers",
  message: null,
  forMs: 12_000,
  remainingMs: 27_000,
  fence: 7,
  ...over,
});
const status = (hosts: LockStatus["hosts"]): LockStatus => ({ service: "shop", destination: null, hosts });

test("a lock that is the same on all hosts is told once, with what its holder is at", () => {
  const hosts = ["web1", "web2"].map((host) => ({ host, held: held({ host }), error: null }));
  expect(statusLines(status(hosts), paint)).toEqual([
    "anna@laptop (process 812) holds the lock since 12.0 s: deploy of 3f2a1c0",
    "  on web1, web2",
    "  at: Boot the new containers",
    "  runs out in 27.0 s unless it is renewed",
  ]);
});

test("one that was taken by hand says why, and how it is freed", () => {
  const byHand = held({ message: "moving the database", remainingMs: null, step: null });
  expect(statusLines(status([{ host: "web1", held: byHand, error: null }]), paint)).toEqual([
    "anna@laptop holds the lock by hand since 12.0 s: moving the database",
    "  on web1",
    "  until: deploy lock release",
  ]);
});

test("no lock is told in Kamal's words, and a host that cannot be asked beside it", () => {
  const hosts = [
    { host: "web1", held: null, error: null },
    { host: "web2", held: null, error: "it does not answer" },
  ];
  expect(statusLines(status(hosts), paint)).toEqual([
    "There is no deploy lock",
    "✗ web2: it does not answer",
  ]);
});

test("a broken lock names what to look at next", () => {
  const change = { service: "shop", destination: null, hosts: ["web1"], broken: ["web1"] };
  expect(changeLines("free", change, paint)).toEqual([
    "✓ the lock is free on web1",
    "! the command that held it was stopped; see what serves: deploy details",
  ]);
});
