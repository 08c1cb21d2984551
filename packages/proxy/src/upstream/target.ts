/** Where to connect: a name that the system resolves, or an address, and a port. */
export interface Address {
  host: string;
  port: number;
}

/**
 * Reads `name:port`, `192.0.2.1:port` or `[2001:db8::1]:port`.
 *
 * @returns null when it is none of these
 */
export function parseTarget(text: string): Address | null {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9](?:[A-Za-z0-9_.-]{0,252})?)):(\d{1,5})$/.exec(text);
  if (match === null) return null;
  const port = Number(match[3]);
  if (port < 1 || port > 65_535) return null;
  return { host: match[1] ?? match[2] ?? "", port };
}
