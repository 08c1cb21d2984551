import { DeployError } from "../errors/index.ts";
import type { FleetState, HostState } from "../observe/host-state.ts";
import type { ReleaseRecord } from "../release/record.ts";
import { shortVersion } from "../release/version.ts";
import type { HostBoot } from "./boot.ts";
import type { RollbackTarget } from "./rollback-target.ts";

/**
 * What a rollback goes to: on every host the same release, out of those that have served there.
 *
 * @throws DeployError RELEASE_UNKNOWN when it is not on every host, or serves already
 */
export function chooseRollback(fleet: FleetState, wanted: RollbackTarget): HostBoot[] {
  const [first] = fleet;
  if (first === undefined) throw new RangeError("a configuration without hosts was let through");
  const target = wanted.kind === "named" ? named(first, wanted) : before(first, wanted);
  const boots = fleet.flatMap((state) => {
    const record = state.records.find(({ release }) => release === target.release);
    return record === undefined ? [] : [{ state, record }];
  });
  const without = fleet.filter((state) => !boots.some((boot) => boot.state === state));
  if (without.length > 0)
    throw unknown(
      `release ${target.release} (${shortVersion(target.version)}) is not on ${without.map(({ host }) => host).join(", ")}`,
      fleet,
    );
  return boots;
}

/** Releases that have served on a host and can be booted there, the one that served last first. */
function formerReleases(state: HostState): ReleaseRecord[] {
  const ids = state.active?.previous ?? [];
  return ids.flatMap((id) => state.records.filter(({ release }) => release === id));
}

/**
 * Those that are older than what serves, newest first. What was rolled back from served before, too,
 * and is not what a second rollback is to lead to.
 */
function olderReleases(state: HostState): ReleaseRecord[] {
  const active = state.records.find(({ release }) => release === state.active?.release);
  const older = formerReleases(state).filter(
    (record) => active === undefined || standing(record) < standing(active),
  );
  return older.toSorted((a, b) => standing(b) - standing(a));
}

/** When a release was new: one that brought back another is as old as that. */
function standing({ createdAt, rollbackOf }: ReleaseRecord): number {
  return rollbackOf?.createdAt ?? createdAt;
}

function before(
  state: HostState,
  wanted: Extract<RollbackTarget, { kind: "before" | "ago" }>,
): ReleaseRecord {
  const older = olderReleases(state);
  const found = older[wanted.kind === "ago" ? wanted.releases - 1 : 0];
  if (found !== undefined) return found;
  const { host } = state;
  throw unknown(
    older.length === 0
      ? `nothing older than what serves is kept on ${host}`
      : `only ${older.length} older ${older.length === 1 ? "release is" : "releases are"} kept on ${host}`,
    [state],
  );
}

function named(state: HostState, { name, at }: Extract<RollbackTarget, { kind: "named" }>): ReleaseRecord {
  const former = formerReleases(state);
  const found =
    former.find(({ release, version }) => release === name || version === name) ??
    former.find(({ version }) => isBeginning(name, version)) ??
    (at === null ? undefined : servedAt(state, former, at));
  if (found !== undefined) return found;
  const { active } = state;
  const serves =
    active !== null &&
    (active.version === name || active.release === name || isBeginning(name, active.version));
  throw unknown(serves ? `${name} is what serves already` : `there is no release ${name} on ${state.host}`, [
    state,
  ]);
}

/** The newest release that there was at a time, unless it serves already. */
function servedAt(state: HostState, former: ReleaseRecord[], at: number): ReleaseRecord | undefined {
  const active = state.records.find(({ release }) => release === state.active?.release);
  const known = [...former, ...(active === undefined ? [] : [active])];
  const [newest] = known
    .filter(({ createdAt }) => createdAt <= at)
    .toSorted((a, b) => b.createdAt - a.createdAt);
  if (newest === undefined || newest !== active) return newest;
  throw unknown(`what served then (${shortVersion(newest.version)}) is what serves already`, [state]);
}

/** Fewer digits than git itself would print say too little. */
function isBeginning(wanted: string, version: string): boolean {
  return wanted.length >= 4 && version.startsWith(wanted);
}

function unknown(cause: string, fleet: FleetState): DeployError {
  const lines = fleet.map((state) => {
    const former = new Set(formerReleases(state).map(({ version }) => shortVersion(version)));
    return `${state.host} can go back to: ${former.size === 0 ? "nothing" : [...former].join(", ")}`;
  });
  return new DeployError("RELEASE_UNKNOWN", {
    cause,
    hint: "name one of those below (deploy releases says more of them), or deploy the version anew: deploy --version VERSION",
    details: lines,
    state: "unchanged",
  });
}
