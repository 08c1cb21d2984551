import { expect, test } from "vitest";
import { type LostRequest, maySendAgain, usableIdleMs } from "./reuse.ts";

const lost: LostRequest = {
  method: "GET",
  reused: true,
  written: true,
  bodyAtHand: true,
  answered: false,
  again: false,
};

test("a GET that met a closed connection is sent again", () => expect(maySendAgain(lost)).toBe(true));

test.each<[string, Partial<LostRequest>]>([
  ["it is a POST, and may have arrived", { method: "POST" }],
  ["the connection was a fresh one", { reused: false }],
  ["an answer had begun", { answered: true }],
  ["it has been sent again already", { again: true }],
  ["part of its body is gone", { bodyAtHand: false }],
])("but not when %s", (_, change) => expect(maySendAgain({ ...lost, ...change })).toBe(false));

test("a POST of which no byte went out is sent again", () =>
  expect(maySendAgain({ ...lost, method: "POST", written: false })).toBe(true));

test("what may not be sent again never uses a connection that was idle for over a second", () => {
  expect(usableIdleMs(false, Number.POSITIVE_INFINITY)).toBeLessThan(1_000);
  expect(usableIdleMs(false, 600)).toBe(300);
});

test("no connection is used when the target may be closing it", () =>
  expect(usableIdleMs(true, 5_000)).toBe(4_500));
