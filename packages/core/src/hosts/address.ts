/** How a host is reached. */
export interface HostAddress {
  /** Name or address, without port and user. */
  host: string;
  port: number;
  user: string;
}

/** For messages: the host alone on port 22, else with its port. */
export function addressName(address: { host: string; port: number }): string {
  return address.port === 22 ? address.host : `${address.host}:${address.port}`;
}

/** A host as somebody wrote it; what was not written is null. */
export interface WrittenAddress {
  host: string;
  port: number | null;
  user: string | null;
}

/**
 * Reads a host as configurations have it: `web1`, `web1:2222`, `deploy@web1`, `[2001:db8::1]:22`,
 * `2001:db8::1`.
 */
export function parseAddress(written: string): WrittenAddress {
  const at = written.lastIndexOf("@");
  const user = at === -1 ? null : written.slice(0, at);
  const place = written.slice(at + 1);
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(place);
  const named = /^([^:]+)(?::(\d+))?$/.exec(place);
  const [, host = place, port] = bracketed ?? named ?? [];
  return { host, user, port: port === undefined ? null : Number(port) };
}
