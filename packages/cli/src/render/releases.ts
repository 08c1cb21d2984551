import type { KnownRelease, ReleasesResult } from "@cutover/core";
import type { Palette } from "./palette.ts";
import { columns, minuteOf } from "./table.ts";
import { withShortHashes } from "./text.ts";

/** A line for each release, newest first, what serves marked. */
export function releasesLines(result: ReleasesResult, paint: Palette): string[] {
  const { service, destination, releases, hosts } = result;
  const name = destination === null ? service : `${service} (${destination})`;
  if (releases.length === 0) return [`${paint.bold(name)} has no release on ${hosts.join(", ")} yet`];
  const rows = releases.map((release) => [
    markOf(release, hosts),
    withShortHashes(release.version),
    minuteOf(release.createdAt),
    release.createdBy,
    resultWords(release),
    (release.digest ?? "").replace("sha256:", "").slice(0, 12),
    release.release,
  ]);
  const head = ["", "VERSION", "DATE (UTC)", "BY", "RESULT", "IMAGE", "RELEASE"];
  const [first = "", ...lines] = columns([head, ...rows]);
  return [
    paint.bold(name),
    paint.dim(`  ${first}`),
    ...lines.map((line, index) => (releases[index]?.servesOn.length ? paint.good(`  ${line}`) : `  ${line}`)),
  ];
}

function markOf({ servesOn, served, recordedOn }: KnownRelease, hosts: readonly string[]): string {
  if (servesOn.length === hosts.length) return "serves";
  if (servesOn.length > 0) return `serves on ${servesOn.join(", ")}`;
  return served && recordedOn.length === hosts.length ? "can go back" : "";
}

function resultWords({ result, failure, rollbackOf }: KnownRelease): string {
  const from = rollbackOf === null ? "" : `, brought ${rollbackOf} back`;
  if (result === "unfinished") return `never ended${from}`;
  if (failure === null) return `ok${from}`;
  const where = failure.phase === null ? "" : ` at ${failure.phase}`;
  return `${result === "ok" ? "ok, but " : ""}${failure.code}${where}${from}`;
}
