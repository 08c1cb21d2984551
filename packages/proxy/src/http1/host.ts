/** What may stand in a host name: 1 as it is, 2 an upper-case letter. Underscores are in use, so they pass. */
const nameByte = new Uint8Array(128);
for (const sign of "abcdefghijklmnopqrstuvwxyz0123456789-_~") nameByte[sign.charCodeAt(0)] = 1;
for (const sign of "ABCDEFGHIJKLMNOPQRSTUVWXYZ") nameByte[sign.charCodeAt(0)] = 2;

const DOT = 0x2e;
const COLON = 0x3a;
const BRACKET = 0x5b;
/** The longest name that DNS can hold, written out with a final dot (RFC 1035, 2.3.4). */
const longestName = 254;

/**
 * Checks `host[:port]` and gives it in lower case, or null when it is none. Stricter than the `reg-name`
 * of RFC 3986: no percent-encoding and no sub-delimiters, because software disagrees on what they mean;
 * no empty label, no empty port.
 */
export function normalHost(value: string): string | null {
  if (value.charCodeAt(0) === BRACKET) return ipv6Literal(value);
  let upper = false;
  let sinceDot = 0;
  let i = 0;
  for (; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code === COLON) break;
    if (code === DOT) {
      if (sinceDot === 0) return null;
      sinceDot = 0;
      continue;
    }
    const kind = code < 128 ? nameByte[code] : 0;
    if (kind === 0) return null;
    if (kind === 2) upper = true;
    sinceDot++;
  }
  if (i === 0 || i > longestName) return null;
  if (i < value.length && !isPort(value, i + 1)) return null;
  return upper ? value.toLowerCase() : value;
}

function ipv6Literal(value: string): string | null {
  const close = value.indexOf("]");
  if (close < 3 || !/^[0-9a-fA-F:.]+$/.test(value.slice(1, close)) || !value.slice(1, close).includes(":")) {
    return null;
  }
  if (close + 1 < value.length && (value.charCodeAt(close + 1) !== COLON || !isPort(value, close + 2)))
    return null;
  return value.toLowerCase();
}

function isPort(value: string, from: number): boolean {
  const length = value.length - from;
  if (length < 1 || length > 5) return false;
  let port = 0;
  for (let i = from; i < value.length; i++) {
    const digit = value.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return false;
    port = port * 10 + digit;
  }
  return port <= 65_535;
}
