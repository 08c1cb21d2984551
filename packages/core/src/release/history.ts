import type { AuditEntry } from "../audit/entry.ts";
import type { ActiveRelease } from "../observe/host-state.ts";
import type { ReleaseRecord } from "./record.ts";

/** A release, put together from what every host knows of it. */
export interface KnownRelease {
  release: string;
  version: string;
  /** `sha256:…`; null where only an audit knows of it. */
  digest: string | null;
  /** The commit it was built from, where it was built from one. */
  commit: string | null;
  /** Milliseconds since the epoch. */
  createdAt: number;
  createdBy: string;
  toolVersion: string;
  /** The release that it brought back; null: it was new. */
  rollbackOf: string | null;
  /** `unfinished`: its deploy never ended, as when its client was killed. */
  result: "ok" | "failed" | "unfinished";
  /** Where and why it failed; null where it did not. */
  failure: { code: string; phase: string | null; cause: string } | null;
  /** Hosts that it can be booted on, since they have its record. */
  recordedOn: string[];
  /** Hosts on which it serves by the last commit. */
  servesOn: string[];
  /** Whether it served before what serves now, on any host. */
  served: boolean;
}

/** What one host knows. */
export interface HostHistory {
  host: string;
  records: readonly ReleaseRecord[];
  active: ActiveRelease | null;
  audit: readonly AuditEntry[];
}

/** Every release that any host knows of, newest first. */
export function knownReleases(hosts: readonly HostHistory[]): KnownRelease[] {
  const ids = new Set(
    hosts.flatMap(({ records, audit }) => [
      ...records.map(({ release }) => release),
      ...audit.flatMap(({ release }) => release ?? []),
    ]),
  );
  return [...ids]
    .flatMap((id) => knownRelease(id, hosts) ?? [])
    .toSorted((a, b) => b.createdAt - a.createdAt);
}

function knownRelease(id: string, hosts: readonly HostHistory[]): KnownRelease | null {
  const entries = hosts
    .flatMap(({ audit }) => audit.filter(({ release }) => release === id))
    .toSorted((a, b) => a.at - b.at);
  const recorded = hosts.flatMap(({ host, records }) =>
    records.flatMap((record) => (record.release === id ? [{ host, record }] : [])),
  );
  const record = recorded[0]?.record;
  const first = entries[0];
  const version = record?.version ?? first?.version ?? null;
  if (version === null) return null;
  const servesOn = hosts.flatMap(({ host, active }) => (active?.release === id ? [host] : []));
  const served = hosts.some(({ active }) => active?.previous.includes(id));
  return {
    release: id,
    version,
    digest: record?.image.digest ?? first?.image?.split("@")[1] ?? null,
    commit: record?.build?.commit ?? null,
    createdAt: record?.createdAt ?? first?.at ?? 0,
    createdBy: record?.createdBy ?? first?.by ?? "",
    toolVersion: record?.toolVersion ?? first?.toolVersion ?? "",
    rollbackOf: record?.rollbackOf?.release ?? null,
    ...outcome(first, servesOn.length > 0 || served),
    recordedOn: recorded.map(({ host }) => host),
    servesOn,
    served,
  };
}

/**
 * How its own deploy ended: its first entry, since later ones are of rollbacks to it. What came to serve
 * went well, also where what came after its switch did not, or could not be written down.
 */
function outcome(
  first: AuditEntry | undefined,
  servedEver: boolean,
): Pick<KnownRelease, "result" | "failure"> {
  if (first === undefined) return { result: servedEver ? "ok" : "unfinished", failure: null };
  if (first.error === null) return { result: "ok", failure: null };
  const { code, phase, cause } = first.error;
  return { result: servedEver ? "ok" : "failed", failure: { code, phase, cause } };
}
