import type { HostState, ObservedContainer } from "../observe/host-state.ts";
import { imageByDigest } from "../release/release.ts";
import { bootedName, bootedRoles, type HostBoot, isWhole, touchedRoles } from "./boot.ts";
import type { Lane } from "./plan.ts";
import type { Step } from "./step.ts";

/**
 * The lane that removes what no kept release needs: containers, records, images, and what was never
 * written to its end. Only what is this app's, and nothing that runs or that any container on the host
 * uses. Whoever carries it out holds the lock, so that nobody else is writing.
 *
 * @param retain releases to keep beside the new one, at least 1
 */
export function pruneLane(boot: HostBoot, retain: number): Lane {
  const { state, record } = boot;
  const kept = new Set([...keptReleases(state, record.release, retain), ...untouchedReleases(boot)]);
  const containers = state.containers.filter((container) => removable(container, boot, kept));
  const releases = state.records.map(({ release }) => release).filter((id) => !kept.has(id));
  const references = unneededImages(boot, kept, new Set(containers.map(({ id }) => id)));
  const steps: (Step | null)[] = [
    containers.length === 0
      ? null
      : { kind: "remove-containers", containers: containers.map(({ id, name }) => ({ id, name })) },
    releases.length === 0 ? null : { kind: "remove-records", app: record.app, releases },
    references.length === 0 ? null : { kind: "remove-images", references },
    state.temporaries.length === 0 ? null : { kind: "remove-temporaries", files: state.temporaries },
  ];
  return { host: state.host, steps: steps.filter((step) => step !== null) };
}

/** Releases that roles run which this deploy is not about. */
function untouchedReleases(boot: HostBoot): string[] {
  const touched = new Set(touchedRoles(boot).map(({ role }) => role));
  return boot.state.containers
    .filter(({ role, state }) => !touched.has(role) && state === "running" && !isWhole(boot))
    .map(({ release }) => release);
}

/** The new release, the one that served before, and the newest others. */
function keptReleases(state: HostState, fresh: string, retain: number): Set<string> {
  const served = state.active === null ? [] : [state.active.release, ...state.active.previous];
  const others = [...new Set(served)].filter((id) => id !== fresh);
  return new Set([fresh, ...others.slice(0, retain)]);
}

/**
 * Of kept releases one container a role is kept: the one that would be started again. A container
 * that had to give its name away goes, its release can be booted from its record.
 */
function removable(container: ObservedContainer, boot: HostBoot, kept: ReadonlySet<string>): boolean {
  if (container.release === boot.record.release) return false;
  if (!kept.has(container.release)) return true;
  const taken = bootedRoles(boot).some((role) => bootedName(boot, role) === container.name);
  return taken || /_replaced_[0-9a-f]{16}$/.test(container.name);
}

function unneededImages(boot: HostBoot, kept: ReadonlySet<string>, removed: ReadonlySet<string>): string[] {
  const { state, record } = boot;
  const needed = new Set([
    imageByDigest(record.image),
    ...state.records.filter(({ release }) => kept.has(release)).map(({ image }) => imageByDigest(image)),
  ]);
  const used = new Set([
    ...state.foreignImageIds,
    ...state.containers.filter(({ id }) => !removed.has(id)).map(({ imageId }) => imageId),
  ]);
  return state.images
    .filter(({ id, references }) => !used.has(id) && !references.some((name) => needed.has(name)))
    .flatMap(({ references }) => references);
}
