import { tokenLower } from "./bytes.ts";

/**
 * Fields that are recognised while a head is scanned, each by a small number, so that whoever passes
 * a message on can drop or replace lines without comparing names. `other` is every other field.
 */
export const known = {
  other: 0,
  host: 1,
  "content-length": 2,
  "transfer-encoding": 3,
  connection: 4,
  "keep-alive": 5,
  "proxy-connection": 6,
  te: 7,
  trailer: 8,
  upgrade: 9,
  "http2-settings": 10,
  expect: 11,
  "x-forwarded-for": 12,
  "x-forwarded-proto": 13,
  "x-forwarded-host": 14,
  "x-forwarded-port": 15,
  "x-forwarded-ssl": 16,
  forwarded: 17,
  "x-real-ip": 18,
  "x-request-id": 19,
  "x-request-start": 20,
  cookie: 21,
  authorization: 22,
  "content-type": 23,
  "content-encoding": 24,
  "content-range": 25,
  "cache-control": 26,
  accept: 27,
  date: 28,
  server: 29,
  via: 30,
  "set-cookie": 31,
  location: 32,
  "retry-after": 33,
  "proxy-authenticate": 34,
  "proxy-authorization": 35,
  "strict-transport-security": 36,
  "max-forwards": 37,
  "accept-encoding": 38,
  "sec-websocket-extensions": 39,
} as const;

export type KnownName = keyof typeof known;
/** How many numbers there are: the size of a table by field. */
export const knownCount = Object.keys(known).length;

const slotCount = 256;
const slots = new Uint8Array(slotCount);
const names: string[] = new Array(knownCount).fill("");

for (const [name, field] of Object.entries(known)) {
  names[field] = name;
  if (field === known.other) continue;
  let slot = hashName(name) & (slotCount - 1);
  while (slots[slot] !== 0) slot = (slot + 1) & (slotCount - 1);
  slots[slot] = field;
}

/** The hash of a name that {@link fieldNamed} wants; a scanner computes it byte by byte as it goes. */
function hashName(lowerCase: string): number {
  let hash = 0;
  for (let i = 0; i < lowerCase.length; i++) hash = (hash * 31 + lowerCase.charCodeAt(i)) | 0;
  return hash;
}

/** Which field the bytes from `start` to `end` name, in any case; `hash` is theirs in lower case. */
export function fieldNamed(bytes: Uint8Array, start: number, end: number, hash: number): number {
  let slot = hash & (slotCount - 1);
  let field = slots[slot] as number;
  while (field !== 0) {
    if (isNamed(bytes, start, end, names[field] as string)) return field;
    slot = (slot + 1) & (slotCount - 1);
    field = slots[slot] as number;
  }
  return known.other;
}

/** A name's number; `name` in lower case. */
export function knownField(name: string): number {
  return Object.hasOwn(known, name) ? known[name as KnownName] : known.other;
}

function isNamed(bytes: Uint8Array, start: number, end: number, name: string): boolean {
  const length = end - start;
  if (name.length !== length) return false;
  for (let i = 0; i < length; i++) {
    if (tokenLower[bytes[start + i] as number] !== name.charCodeAt(i)) return false;
  }
  return true;
}
