/** Something that listens inside a container. */
export interface Listener {
  port: number;
  /** Whether only the container itself can reach it. */
  loopbackOnly: boolean;
}

/** The state LISTEN in `/proc/net/tcp`. */
const LISTEN = "0A";
/** Docker's own name server in the container answers here; it is none of the app's. */
const DOCKER_DNS = "0B00007F";

/**
 * Reads `/proc/net/tcp` and `/proc/net/tcp6` of a container: lines such as
 * `0: 0100007F:1F90 00000000:0000 0A …`, addresses in the processor's byte order.
 */
export function parseListeners(tables: string): Listener[] {
  const reach = new Map<number, boolean>();
  for (const line of tables.split("\n")) {
    const [, local, , state] = line.trim().split(/\s+/);
    const [address, port] = local?.split(":") ?? [];
    if (state !== LISTEN || address === undefined || port === undefined || address === DOCKER_DNS) continue;
    const number = Number.parseInt(port, 16);
    reach.set(number, (reach.get(number) ?? true) && isLoopback(address));
  }
  return [...reach].map(([port, loopbackOnly]) => ({ port, loopbackOnly })).sort((a, b) => a.port - b.port);
}

/** 127.0.0.0/8, ::1 and ::ffff:127.0.0.0/104, as little-endian words. */
function isLoopback(address: string): boolean {
  if (address.length === 8) return address.endsWith("7F");
  return address === "00000000000000000000000001000000" || /^0{16}FFFF0000[0-9A-F]{6}7F$/.test(address);
}
