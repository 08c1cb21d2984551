/** Who sees the candidate whatever the percentage: by the value of a header or of a cookie. */
export interface AllowRule {
  kind: "header" | "cookie";
  /** A header's in lower case. */
  name: string;
  values: readonly string[];
}

/** A share of requests that goes to a candidate before it is committed. */
export interface Split {
  candidate: string;
  /** From 0 to 100, with up to two decimals. */
  percent: number;
  /** The cookie that keeps a client where it is. */
  cookie: string;
  allow: readonly AllowRule[];
}

/** A client's place: below the percentage, in hundredths, it sees the candidate. */
const places = 10_000;

/** How a request's fields are looked up. */
export interface Asked {
  /** @param name in lower case */
  header(name: string): string | null;
}

/** Where a request goes, and the place that is to be kept in its client's cookie, if it has none yet. */
export interface Decision {
  toCandidate: boolean;
  newPlace: number | null;
}

/**
 * Decides for one request. A client's place never changes, so a percentage that grows or shrinks
 * moves only the clients in between.
 *
 * @param random from 0 to below 1, for a client without a place
 */
export function decide(split: Split, asked: Asked, random: () => number): Decision {
  const cookies = asked.header("cookie") ?? "";
  for (const { kind, name, values } of split.allow) {
    const value = kind === "header" ? asked.header(name) : cookieIn(cookies, name);
    if (value !== null && values.includes(value)) return { toCandidate: true, newPlace: null };
  }
  const kept = placeIn(cookies, split.cookie);
  const place = kept ?? Math.floor(random() * places);
  return { toCandidate: place < split.percent * 100, newPlace: kept === null ? place : null };
}

/** The line that keeps a place: for thirty days, out of reach of scripts. */
export function cookieLine(split: Split, place: number): string {
  return `Set-Cookie: ${split.cookie}=${place}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax\r\n`;
}

function placeIn(cookies: string, name: string): number | null {
  const value = cookieIn(cookies, name);
  return value !== null && /^\d{1,4}$/.test(value) ? Number(value) : null;
}

function cookieIn(cookies: string, name: string): string | null {
  for (const pair of cookies.split(";")) {
    const equals = pair.indexOf("=");
    if (equals !== -1 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return null;
}
