import type { ActiveRelease, HostState, ObservedContainer } from "../observe/host-state.ts";
import type { RoleRecord } from "../release/record.ts";
import { bootedName, bootedRoles, type HostBoot, isWhole, type NewNames, touchedRoles } from "./boot.ts";
import { knownCandidate } from "./candidate.ts";
import type { Lane } from "./plan.ts";
import type { Step } from "./step.ts";

/**
 * What makes the new release stay, on one host: the note that it serves, and its image's tags.
 *
 * @param tags such as `latest`
 * @param at milliseconds since the epoch
 */
export function keepLane(boot: HostBoot, tags: string[], at: number): Lane {
  // A host that got some of the roles only is not at the release yet.
  if (!isWhole(boot)) return { host: boot.state.host, steps: [] };
  const mark: Step = { kind: "mark-active", active: nextActive(boot, at) };
  const tag: Step = { kind: "tag-image", image: boot.record.image, tags };
  return { host: boot.state.host, steps: [mark, ...(tags.length === 0 ? [] : [tag])] };
}

/** A lane for each role: let the old container's requests end, then stop it. */
export function retireLanes(boot: HostBoot, handed: boolean, names: NewNames): Lane[] {
  const booted = bootedRoles(boot);
  return touchedRoles(boot).map((role) => {
    const drain = handed || !booted.includes(role) ? [] : drainSteps(role);
    const stops = handed && role.proxy === null ? [] : stopSteps(boot, role, names);
    return { host: boot.state.host, steps: [...drain, ...stops] };
  });
}

/**
 * The lanes that follow a host's switch while others are still to come: its requests end, and its
 * old workers stop, since two of one kind are not meant to work for long. Old containers behind the
 * proxy run on, so that going back is one step.
 */
export function handOverLanes(boot: HostBoot, names: NewNames): Lane[] {
  const { host } = boot.state;
  const roles = bootedRoles(boot);
  const workers = roles.filter(({ proxy }) => proxy === null);
  return [
    { host, steps: workers.flatMap((role) => stopSteps(boot, role, names)) },
    ...roles.map((role) => ({ host, steps: drainSteps(role) })),
  ];
}

function drainSteps(role: RoleRecord): Step[] {
  return role.proxy === null ? [] : [{ kind: "drain", role: role.role, service: role.prefix }];
}

function stopSteps(boot: HostBoot, role: RoleRecord, names: NewNames): Step[] {
  return outdated(boot, role).map((container) => {
    return {
      kind: "stop-container",
      name: presentName(boot, role, container, names),
      stopTimeoutMs: role.stopTimeoutMs,
      service: role.proxy === null ? null : role.prefix,
      candidate: knownCandidate(boot.state, role.prefix, container.release),
    };
  });
}

/** Containers of roles that the release has no longer on this host. */
export function orphanLane(boot: HostBoot): Lane {
  if (!isWhole(boot)) return { host: boot.state.host, steps: [] };
  const roles = new Set(boot.record.roles.map((role) => role.role));
  const orphans = running(boot.state).filter((container) => !roles.has(container.role));
  const stopTimeoutMs = Math.max(0, ...boot.record.roles.map((role) => role.stopTimeoutMs));
  return {
    host: boot.state.host,
    steps: orphans.map(({ name, release }) => {
      return { kind: "stop-container", name, stopTimeoutMs, service: null, candidate: release };
    }),
  };
}

function outdated(boot: HostBoot, role: RoleRecord): ObservedContainer[] {
  return running(boot.state).filter(
    (container) => container.role === role.role && container.release !== boot.record.release,
  );
}

function running(state: HostState): ObservedContainer[] {
  return state.containers.filter(({ state }) => state === "running" || state === "restarting");
}

/** A container whose name the new one took has another by now. */
function presentName(
  boot: HostBoot,
  role: RoleRecord,
  container: ObservedContainer,
  names: NewNames,
): string {
  const lostIt = container.name === role.container && bootedName(boot, role) === role.container;
  return lostIt ? names(boot.state.host, container.name) : container.name;
}

function nextActive(boot: HostBoot, at: number): ActiveRelease {
  const { active } = boot.state;
  const { release, version } = boot.record;
  if (active?.release === release) return active;
  const before = active === null ? [] : [active.release, ...active.previous];
  const previous = [...new Set(before)].filter((id) => id !== release);
  return { schemaVersion: 1, release, version, at, previous };
}
