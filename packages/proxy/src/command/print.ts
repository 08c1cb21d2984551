import type { ServiceState, TargetState } from "../control/protocol.ts";

/** The services as a table: one line for each, columns of equal width. */
export function serviceTable(services: readonly ServiceState[]): string {
  if (services.length === 0) return "no services\n";
  const rows = services.map((service) => [
    service.service,
    routesOf(service),
    describe(service.active),
    describe(service.previous),
    service.candidates.map(describe).join(" ") || "-",
  ]);
  return columns([["SERVICE", "ROUTES", "ACTIVE", "PREVIOUS", "CANDIDATES"], ...rows]);
}

function routesOf({ options }: ServiceState): string {
  const hosts = options.hosts.length === 0 ? ["(any)"] : options.hosts;
  const prefixes = options.pathPrefixes ?? ["/"];
  return hosts.flatMap((host) => prefixes.map((prefix) => `${host}${prefix}`)).join(",");
}

function describe(target: TargetState | null): string {
  if (target === null) return "-";
  return `${target.candidate}=${target.targets.join(",")}[${target.state},${target.inFlight}]`;
}

function columns(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}
