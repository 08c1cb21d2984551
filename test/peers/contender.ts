import type { RequestHead } from "../../packages/proxy/src/http1/request-head.ts";
import { type ReadResult, readRequests } from "../../packages/proxy/src/http1/testing/read-messages.ts";
import type { Recorder } from "./recorder.ts";
import { type Patience, patient, send, statusesIn } from "./send.ts";

/** A proxy in front of an origin of its own that records what the proxy passes on. */
export interface Contender {
  name: string;
  port: number;
  origin: Recorder;
}

/** What a proxy made of a client's bytes. */
export interface Passage {
  name: string;
  /** What the client was answered. */
  statuses: number[];
  /** What each connection to the origin carried. */
  passed: Buffer[];
  /** Requests that the origin got whole. */
  requests: number;
}

/** Sends a client's bytes through a proxy. Only one at a time, or their records would mix. */
export async function passThrough(
  { name, port, origin }: Contender,
  bytes: Buffer,
  patience: Patience,
): Promise<Passage> {
  origin.take();
  const statuses = statusesIn(await send(port, bytes, patience));
  const passed = origin.take();
  return { name, statuses, passed, requests: passed.reduce((sum, each) => sum + wholeRequests(each), 0) };
}

const lastInLine = Buffer.from("GET / HTTP/1.1\r\nHost: settled.example\r\nConnection: close\r\n\r\n");

/**
 * Waits until a proxy has passed on what it was sent before, by a request that it must serve after
 * it: what a hasty look gave up on would otherwise be written down for the next one.
 */
export async function settle({ port }: Contender): Promise<void> {
  await send(port, lastInLine, patient);
}

/** Above the proxies' own: each adds fields to what it passes on. */
const limits = { target: 100_000, head: 100_000, fields: 1_000 };

/** The requests that an origin finds in the bytes of a connection. */
export function requestsIn(bytes: Buffer): ReadResult<RequestHead> {
  return readRequests([bytes], limits);
}

function wholeRequests(bytes: Buffer): number {
  return requestsIn(bytes).messages.filter(({ whole }) => whole).length;
}
