import { expect, test } from "vitest";
import { ResponseHead } from "../http1/response-head.ts";
import { ResponseReader } from "../http1/response-reader.ts";
import { keptMsOf, type LostRequest, maySendAgain, usableIdleMs } from "./reuse.ts";

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

test.each([
  ["Keep-Alive: timeout=5\r\n", 5_000],
  ["Keep-Alive: max=100, timeout=12\r\n", 12_000],
  ["Keep-Alive: max=100\r\n", Number.POSITIVE_INFINITY],
  ["", Number.POSITIVE_INFINITY],
])("a target that says %j keeps a connection for %i ms", (line, ms) => {
  const bytes = Buffer.from(`HTTP/1.1 200 OK\r\n${line}Content-Length: 0\r\n\r\n`);
  const head = new ResponseReader().read(bytes, 0, bytes.length);
  expect(head instanceof ResponseHead && keptMsOf(head)).toBe(ms);
});
