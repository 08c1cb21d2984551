import type { Path } from "../parse/tree.ts";
import type { Report } from "./report.ts";

/** Refuses what is no host, such as one with a user or a port. */
export function checkHost(host: string, path: Path, report: Report): void {
  if (isHost(host)) return;
  report.problem(path, `${host} is no host's name or address; the user and port go under ssh`);
}

/** A name, an IPv4 or an IPv6 address; no user, no port, no blank. */
export function isHost(host: string): boolean {
  return (
    /^[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_.])?$/.test(host) ||
    /^[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(%\w+)?$/.test(host)
  );
}
