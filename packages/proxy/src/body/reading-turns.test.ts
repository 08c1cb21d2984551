import { expect, test, vi } from "vitest";
import { mayReadOn } from "./reading-turns.ts";

const aSocket = () => ({ destroyed: false, isPaused: () => false, resume: vi.fn() });
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Reads to the brim, so many times. */
const reads = (socket: ReturnType<typeof aSocket>, times: number) =>
  Array.from({ length: times }, () => mayReadOn(socket, true));

test("a socket that fills every read has to let others have their turn, and is then read on", async () => {
  const socket = aSocket();
  expect(reads(socket, 4)).toEqual([true, true, true, false]);
  expect(socket.resume).not.toHaveBeenCalled();
  await nextTurn();
  expect(socket.resume).toHaveBeenCalledOnce();
});

test("sockets that take turns go on", () => {
  const [one, other] = [aSocket(), aSocket()];
  for (let turn = 0; turn < 8; turn += 1) {
    expect(mayReadOn(one, true)).toBe(true);
    expect(mayReadOn(other, true)).toBe(true);
  }
});

test("a read that leaves room in its buffer is no reason to wait", () => {
  const socket = aSocket();
  for (let turn = 0; turn < 8; turn += 1) expect(mayReadOn(socket, false)).toBe(true);
});

test.each([
  ["paused", { isPaused: () => true }],
  ["destroyed", { destroyed: true }],
])("one that was %s while it waited is left alone", async (_, change) => {
  const socket = { ...aSocket(), ...change };
  reads(socket, 4);
  await nextTurn();
  expect(socket.resume).not.toHaveBeenCalled();
});
