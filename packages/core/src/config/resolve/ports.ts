import type { Path } from "../parse/tree.ts";
import type { Report } from "./report.ts";

/**
 * An accessory's `port` as values of `--publish`: `3306` is `3306:3306`. People smuggle a second one
 * in through Kamal's shell (`… --publish [::1]:5432:5432`); it keeps its meaning.
 */
export function publishedPorts(port: string | undefined, path: Path, report: Report): string[] {
  if (port === undefined) return [];
  const ports = port
    .trim()
    .split(/\s+(?:--publish|-p)(?:\s+|=)/)
    .map((part) => (/^\d+$/.test(part) ? `${part}:${part}` : part));
  for (const part of ports) {
    const open = /^\d*:?\d+(-\d+)?(\/\w+)?$/.test(part);
    if (open) {
      report.warning(
        path,
        `${part} is open to everyone who reaches the host, past its firewall; 127.0.0.1:${part} would not be`,
      );
    }
  }
  return ports;
}
