const label = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
const pattern = new RegExp(`^(?:\\*\\.)?${label}(?:\\.${label})*$`);

/**
 * Reads a host that a service answers to: `app.example.com`, `*.example.com`, an IPv4 address or
 * an IPv6 one in brackets. Case and a final dot don't matter.
 */
export function readHostPattern(text: string): string | { must: string } {
  const host = text.toLowerCase().replace(/\.$/, "");
  const isAddress = /^\[[0-9a-f:.]+\]$/.test(host);
  if (host.length > 253 || !(isAddress || pattern.test(host))) {
    return { must: "a host such as app.example.com or *.example.com, without port or path" };
  }
  return host;
}

const COLON = 0x3a;

/**
 * What routes are found by: the host of a request's authority, without port and final dot.
 *
 * @param authority in lower case, as the codec gives a head's host
 */
export function routingHost(authority: string): string {
  let end = authority.length;
  while (end > 0 && isDigit(authority.charCodeAt(end - 1))) end -= 1;
  // A port is never empty, so digits behind a colon are one; an IPv6 address ends with its bracket.
  const hasPort = end > 0 && authority.charCodeAt(end - 1) === COLON;
  const host = hasPort ? authority.slice(0, end - 1) : authority;
  return host.charCodeAt(host.length - 1) === 46 ? host.slice(0, -1) : host;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The wildcard that would match this host: the name with its first label replaced. */
export function wildcardOf(host: string): string | null {
  const dot = host.indexOf(".");
  return dot === -1 ? null : `*${host.slice(dot)}`;
}
