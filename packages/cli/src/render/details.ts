import type { ContainerDetails, Details, HostDetails } from "@cutover/core";
import type { Palette } from "./palette.ts";

/** Every host with its proxy and the app's containers, what serves first. */
export function detailsLines(details: Details, paint: Palette): string[] {
  const name = details.destination === null ? details.service : `${details.service} (${details.destination})`;
  return details.hosts.flatMap((host, index) => [
    ...(index === 0 ? [] : [""]),
    ...hostLines(name, host, paint),
  ]);
}

function hostLines(name: string, host: HostDetails, paint: Palette): string[] {
  const heading = `${paint.bold(name)} on ${paint.accent(host.host)}`;
  if (host.error !== null) return [`${heading}  ${paint.bad(host.error)}`];
  const proxy = host.proxy === null ? "no proxy" : `proxy ${host.proxy.version ?? ""} ${host.proxy.state}`;
  const about = paint.dim(`Docker ${host.engine ?? "unknown"}, ${proxy.replace("  ", " ")}`);
  const containers = host.containers.toSorted((a, b) => Number(b.serving) - Number(a.serving));
  const none = paint.dim("  no containers of this app");
  return [`${heading}  ${about}`, ...(containers.length === 0 ? [none] : table(containers, paint))];
}

function table(containers: readonly ContainerDetails[], paint: Palette): string[] {
  const rows = containers.map(({ serving, role, version, status, name }) => [
    serving ? "serving" : "",
    role,
    version,
    status,
    name,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => {
    const [first = "", ...rest] = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return `  ${[paint.good(first), ...rest].join("  ")}`.trimEnd();
  });
}
