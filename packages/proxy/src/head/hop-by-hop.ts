import { type KnownName, known, knownCount } from "../http1/known-fields.ts";

/** Goes through as it is, unless `Connection` names it. */
export const PASS = 0;
/** Goes through as it is, whatever `Connection` says: without it the app would see another request. */
const PROTECT = 1;
/** Belongs to one hop, and is made anew for the next. */
export const DROP = 2;
/** Says where a request came from: believed, or made anew. */
export const FORWARDED = 3;

/** What becomes of a field on its way through: one of the four. */
export type Treatment = typeof PASS | typeof PROTECT | typeof DROP | typeof FORWARDED;

const dropped: KnownName[] = [
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
  "http2-settings",
];
const forwarded: KnownName[] = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-ssl",
  "x-real-ip",
  "x-request-id",
];
const protectedFields: KnownName[] = [
  "host",
  "content-length",
  "content-type",
  "content-encoding",
  "authorization",
  "cookie",
  "set-cookie",
  "location",
  "cache-control",
  "sec-websocket-extensions",
];

const treatments = new Uint8Array(knownCount);
for (const name of dropped) treatments[known[name]] = DROP;
for (const name of forwarded) treatments[known[name]] = FORWARDED;
for (const name of protectedFields) treatments[known[name]] = PROTECT;

/** What becomes of a field when `Connection` names nothing but what is dropped anyway: the usual case. */
export function treatmentOf(id: number): Treatment {
  return treatments[id] as Treatment;
}

/** Whether a field that would pass is one of those that `Connection` names for this hop only. */
export function isNamedByConnection(name: string, tokens: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return tokens.includes(lower) && !lower.startsWith("x-forwarded-") && !lower.startsWith("sec-websocket-");
}
