import { beforeEach, expect, test } from "vitest";
import { Budget } from "../buffer/budget.ts";
import type { BufferPlace } from "../buffer/place.ts";
import { RequestBuffer } from "./request-buffer.ts";

/** Room for four bytes in memory, and none on disk. */
const place: BufferPlace = {
  memory: new Budget(4),
  disk: new Budget(0),
  diskOfOne: 0,
  openFile: () => Promise.reject(new Error("not needed")),
};

let sent: string[];
let resumed: number;
let targetTakes: boolean;
let buffer: RequestBuffer;

beforeEach(() => {
  sent = [];
  resumed = 0;
  targetTakes = true;
  const take = (bytes: Buffer) => {
    sent.push(String(bytes));
    return targetTakes;
  };
  buffer = new RequestBuffer(place, 4, {
    send: take,
    sendMore: take,
    sent: () => sent.push("(all)"),
    resume: () => void resumed++,
    fail: () => sent.push("(lost)"),
  });
});

test("nothing is sent before the last byte is there", () => {
  expect(buffer.take(Buffer.from("ab"), false)).toBe(true);
  expect(sent).toEqual([]);
  expect(buffer.take(Buffer.from("cd"), true)).toBe(true);
  expect(sent).toEqual(["ab", "cd", "(all)"]);
});

test("a body there is no room for is passed as it comes, and its client does not wait where the target takes it", () => {
  expect(buffer.take(Buffer.from("0123456789"), false)).toBe(true);
  expect(buffer.take(Buffer.from("abcdefghij"), false)).toBe(true);
  expect(buffer.take(Buffer.from("end"), true)).toBe(true);
  expect(sent).toEqual(["0123456789", "abcdefghij", "end", "(all)"]);
});

test("where the target takes no more, the client waits until it does", () => {
  targetTakes = false;
  expect(buffer.take(Buffer.from("0123456789"), false)).toBe(true);
  expect(buffer.take(Buffer.from("abcdefghij"), false)).toBe(false);
  expect(sent).toEqual(["0123456789"]);
  targetTakes = true;
  resumed = 0;
  buffer.drain();
  expect(sent).toEqual(["0123456789", "abcdefghij"]);
  expect(resumed).toBe(1);
});
