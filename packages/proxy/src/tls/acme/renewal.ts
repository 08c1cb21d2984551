const minuteMs = 60_000;
/** Let's Encrypt blocks a host for an hour after five failures; with this there are four in the first. */
const firstRetryMs = 5 * minuteMs;
const longestRetryMs = 6 * 60 * minuteMs;

/** From when to when a certificate is valid; milliseconds since the epoch. */
export interface Validity {
  from: number;
  to: number;
}

/**
 * When to renew: at two thirds of its life, earlier by up to a twentieth of it, so that what was
 * got together isn't renewed together.
 *
 * @param random from 0 to below 1
 */
export function renewAt({ from, to }: Validity, random: number): number {
  const life = to - from;
  return from + Math.round((life * 2) / 3 - (random * life) / 20);
}

/**
 * How long to wait after so many failures in a row: twice as long each time, up to six hours, less
 * by up to a quarter so that many hosts don't come back at once.
 */
export function retryAfterMs(failures: number, random: number): number {
  const full = Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1));
  return Math.round(full * (1 - random / 4));
}
