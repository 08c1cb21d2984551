import type { AuditEntry, AuditResult } from "@cutover/core";
import type { Palette } from "./palette.ts";
import { receiptLine } from "./receipt.ts";
import { columns, minuteOf } from "./table.ts";
import { duration, withShortHashes } from "./text.ts";

/** What each host has kept, oldest first, with the account of each switch under its command. */
export function auditLines(result: AuditResult, paint: Palette): string[] {
  return result.hosts.flatMap(({ host, entries }, index) => {
    const name = result.destination === null ? result.service : `${result.service} (${result.destination})`;
    const heads = columns(entries.map(entryCells));
    const lines = entries.flatMap((entry, at) => [
      `  ${entry.error === null ? (heads[at] ?? "") : paint.bad(heads[at] ?? "")}`,
      ...moreLines(entry, paint).map((line) => `    ${paint.dim(line)}`),
    ]);
    const none = entries.length === 0 ? ["  nothing was done there yet"] : [];
    const heading = `${paint.bold(name)} on ${paint.accent(host)}`;
    return [...(index === 0 ? [] : [""]), heading, ...none, ...lines];
  });
}

function entryCells({ at, command, version, by, error, ms }: AuditEntry): string[] {
  const outcome = error === null ? "ok" : `${error.code}${error.phase === null ? "" : ` at ${error.phase}`}`;
  return [minuteOf(at), command, withShortHashes(version ?? ""), by, `${outcome} in ${duration(ms)}`];
}

function moreLines({ error, roles, pruned, message }: AuditEntry, paint: Palette): string[] {
  const removed = [...pruned.containers, ...pruned.images];
  return [
    ...(error === null ? [] : [error.cause]),
    ...roles.flatMap(({ role, receipt }) =>
      receipt === null ? [] : [`${role}: ${receiptLine(receipt, paint)}`],
    ),
    ...(removed.length === 0 ? [] : [`pruned ${removed.join(", ")}`]),
    ...(message === null ? [] : [message]),
  ].map(withShortHashes);
}
