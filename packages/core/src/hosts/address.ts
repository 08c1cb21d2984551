/** How a host is reached. */
export interface HostAddress {
  /** Name or address, as the configuration has it. */
  host: string;
  port: number;
  user: string;
}

/** For messages: the host alone on port 22, else with its port. */
export function addressName(address: { host: string; port: number }): string {
  return address.port === 22 ? address.host : `${address.host}:${address.port}`;
}
