import type { ProxyBootResult, ProxyDetails, ProxyHostDetails } from "@cutover/core";
import type { Palette } from "./palette.ts";

/** What became of each host's proxy. */
export function proxyBootLines({ hosts }: ProxyBootResult, paint: Palette): string[] {
  return hosts.map(({ host, version, changed }) => {
    const says = changed ? paint.good(`proxy ${version} serves`) : `proxy ${version} serves already`;
    return `${paint.accent(host)}  ${says}`;
  });
}

/** Each host's proxy, with a line for each of its services. */
export function proxyDetailsLines({ hosts }: ProxyDetails, paint: Palette): string[] {
  return hosts.flatMap((host, index) => [...(index === 0 ? [] : [""]), ...hostLines(host, paint)]);
}

function hostLines(
  { host, error, container, version, services }: ProxyHostDetails,
  paint: Palette,
): string[] {
  const heading = paint.accent(host);
  if (error !== null) return [`${heading}  ${paint.bad(error)}`];
  if (container === "missing") return [`${heading}  ${paint.bad("no proxy")}`];
  const first = `${heading}  proxy ${version ?? "unknown"} ${container}`;
  if (services === null) return [`${first}  ${paint.bad("it does not answer")}`];
  if (services.length === 0) return [first, paint.dim("  no services")];
  const width = Math.max(...services.map(({ service }) => service.length));
  return [
    first,
    ...services.map(({ service, candidate, targets, traffic }) => {
      const to = candidate === null ? paint.dim("nothing serves") : `${candidate}  ${targets.join(", ")}`;
      return `  ${service.padEnd(width)}  ${to}${traffic === "open" ? "" : `  ${paint.bad(traffic)}`}`;
    }),
  ];
}
