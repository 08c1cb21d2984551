/** One request to send. `delayMs` is how long the app was asked to wait before it answers. */
export interface TrafficRequest {
  method: "GET" | "POST";
  path: string;
  body: Buffer | null;
  /** `kept`: on a connection that is kept open; `new`: on one of its own. */
  connection: "kept" | "new";
  delayMs: number;
}

/** Makes the next request. `random` gives numbers from 0 up to 1. */
export type Mix = (random: () => number) => TrafficRequest;

/** One in twenty is slow, so that at 200 requests a second some five are always under way. */
const SLOW_SHARE = 0.05;
const SHORTEST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 1_000;
const POST_SHARE = 0.3;
const FRONT_PAGE_SHARE = 0.4;
const LARGEST_BODY = 32 * 1024;

/**
 * What a small web app sees: half of it on new connections, three in ten with a body to send, answers
 * of up to 32 KB, and one in twenty slow, by 0.1 to 1 s.
 */
export const everydayMix: Mix = (random) => {
  const connection = random() < 0.5 ? "kept" : "new";
  const slow = random() < SLOW_SHARE;
  const delayMs = slow ? between(random, SHORTEST_DELAY_MS, LONGEST_DELAY_MS) : 0;
  if (random() < POST_SHARE) {
    const body = Buffer.alloc(between(random, 1, LARGEST_BODY), `${random()}\n`);
    return { method: "POST", path: `/echo?delay=${delayMs}`, body, connection, delayMs };
  }
  if (!slow && random() < FRONT_PAGE_SHARE)
    return { method: "GET", path: "/", body: null, connection, delayMs };
  const path = `/bytes?size=${between(random, 1, LARGEST_BODY)}&delay=${delayMs}`;
  return { method: "GET", path, body: null, connection, delayMs };
};

function between(random: () => number, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}
