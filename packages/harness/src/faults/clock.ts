import type { Machine } from "../sandbox/machine.ts";

/**
 * Has programs of Node on a machine believe in another time of day.
 *
 * A container has no clock of its own, and to set it would set everybody's. Which of two clocks is
 * wrong cannot be told from their difference, though: a host that is an hour slow is a client that is
 * an hour fast. So it is the client's that is moved, and only what Node itself reads: the time of day,
 * not its monotonic clock, as with a clock that somebody has set.
 *
 * @param offsetMs how far ahead it is to be; behind, where negative
 * @returns what to put into the environment of a command
 */
export async function shiftedClock(machine: Machine, offsetMs: number): Promise<Record<string, string>> {
  const file = `/tmp/clock-${offsetMs}.mjs`;
  await machine.write(file, preload(offsetMs));
  return { NODE_OPTIONS: `--import=${file}` };
}

const preload = (offsetMs: number) => `
const RealDate = Date;
globalThis.Date = class Date extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + ${offsetMs});
    else super(...given);
  }
  static now() {
    return RealDate.now() + ${offsetMs};
  }
};
`;
