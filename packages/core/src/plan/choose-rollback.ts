import { DeployError } from "../errors/index.ts";
import type { FleetState, HostState } from "../observe/host-state.ts";
import type { ReleaseRecord } from "../release/record.ts";
import { shortVersion } from "../release/version.ts";
import type { HostBoot } from "./boot.ts";

/**
 * What a rollback goes to: on every host the same release, out of those that have served there.
 *
 * @param wanted a version, the beginning of one, or a release; null: the one that served before
 * @throws DeployError RELEASE_UNKNOWN when it is not on every host, or serves already
 */
export function chooseRollback(fleet: FleetState, wanted: string | null): HostBoot[] {
  const [first] = fleet;
  if (first === undefined) throw new RangeError("a configuration without hosts was let through");
  const target = wanted === null ? before(first) : named(first, wanted);
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

/** Releases that a host can go back to, the one that served last first. */
function formerReleases(state: HostState): ReleaseRecord[] {
  const ids = state.active?.previous ?? [];
  return ids.flatMap((id) => state.records.filter(({ release }) => release === id));
}

function before(state: HostState): ReleaseRecord {
  const [former] = formerReleases(state);
  if (former !== undefined) return former;
  throw unknown(`nothing has served on ${state.host} before what serves now`, [state]);
}

function named(state: HostState, wanted: string): ReleaseRecord {
  const found = formerReleases(state).find(
    ({ release, version }) => release === wanted || version === wanted || isBeginning(wanted, version),
  );
  if (found !== undefined) return found;
  const { active } = state;
  const serves = active !== null && (active.version === wanted || isBeginning(wanted, active.version));
  throw unknown(
    serves ? `${wanted} is what serves already` : `there is no release ${wanted} on ${state.host}`,
    [state],
  );
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
    hint: "name one of those below, or deploy the version anew: deploy --version VERSION",
    details: lines,
    state: "unchanged",
  });
}
