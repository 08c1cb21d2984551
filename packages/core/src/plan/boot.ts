import type { HostState, ObservedContainer } from "../observe/host-state.ts";
import type { ReleaseRecord, RoleRecord } from "../release/record.ts";
import { imageByDigest, type Release } from "../release/release.ts";
import { candidateName } from "./candidate.ts";
import type { Lane } from "./plan.ts";
import type { Rollout } from "./rollout.ts";
import type { Step } from "./step.ts";

/** One host with what it is to boot. */
export interface HostBoot {
  state: HostState;
  record: ReleaseRecord;
  /** The roles to boot, where the others are as they should be; absent: all. */
  only?: readonly string[];
  /** The roles that the command is about; absent: all. The others are let be. */
  about?: readonly string[];
  /** Set where the host's proxy may know the release already; see `candidateName`. */
  mark?: string;
}

/**
 * The release that hosts boot together.
 *
 * @param boots at least one
 */
export function releaseOf(boots: readonly HostBoot[]): Release {
  const [first] = boots;
  if (first === undefined) throw new RangeError("a plan without hosts was let through");
  const { release, version, image } = first.record;
  return { id: release, version, image };
}

/** The roles of a host that a plan may touch. */
export function touchedRoles({ record, about }: HostBoot): RoleRecord[] {
  return about === undefined ? record.roles : record.roles.filter(({ role }) => about.includes(role));
}

/** Whether a host is to run the release with all its roles. */
export function isWhole(boot: HostBoot): boolean {
  return touchedRoles(boot).length === boot.record.roles.length;
}

/** The roles that are booted on a host. */
export function bootedRoles(boot: HostBoot): RoleRecord[] {
  const { only } = boot;
  const touched = touchedRoles(boot);
  return only === undefined ? touched : touched.filter(({ role }) => only.includes(role));
}

/** A container of the release that is on the host already and only has to be started. */
export function existingContainer(boot: HostBoot, role: RoleRecord): ObservedContainer | null {
  const found = boot.state.containers.filter(
    (container) => container.release === boot.record.release && container.role === role.role,
  );
  return found.find(({ state }) => state === "running") ?? found[0] ?? null;
}

/** The name of the role's container once it is booted. */
export function bootedName(boot: HostBoot, role: RoleRecord): string {
  return existingContainer(boot, role)?.name ?? role.container;
}

/** How the containers of a plan are booted. */
export interface BootWay {
  rollout: Rollout;
  newNames: NewNames;
  /** How long a healthy container may wait for its switch, in milliseconds. */
  expiresMs: number;
}

/** Lanes that boot the primary role, up to its gate. */
export function primaryLanes(boots: readonly HostBoot[], way: BootWay): Lane[] {
  return rolesOf(boots, ({ role }) => role === way.rollout.primaryRole).map(([boot, role]) => ({
    host: boot.state.host,
    steps: bootSteps(boot, role, way),
  }));
}

/** Lanes that boot the roles which wait for the primary one: of a host one after another, or side by side. */
export function otherLanes(boots: readonly HostBoot[], way: BootWay): Lane[] {
  return boots.flatMap((boot) => {
    const { host } = boot.state;
    const others = bootedRoles(boot).filter(({ role }) => role !== way.rollout.primaryRole);
    const steps = others.map((role) => bootSteps(boot, role, way));
    return way.rollout.parallelRoles
      ? steps.map((lane) => ({ host, steps: lane }))
      : [{ host, steps: steps.flat() }];
  });
}

/**
 * The lanes that let containers which have passed their gate restart by themselves. Just before the switch:
 * were it after, an engine restarted in between would leave what serves down for good; were it earlier,
 * Docker would start those again that end while others are waited for, and nobody would see how they ended.
 */
export function keepLanes(boots: readonly HostBoot[]): Lane[] {
  return rolesOf(boots, () => true).map(([boot, role]) => ({
    host: boot.state.host,
    steps: [{ kind: "keep-container", name: bootedName(boot, role), restart: role.restart }],
  }));
}

/** The lanes of the switch, one for every service on every host, so that all go in one burst. */
export function switchLanes(boots: readonly HostBoot[]): Lane[] {
  return rolesOf(boots, (role) => role.proxy !== null).map(([boot, role]) => ({
    host: boot.state.host,
    steps: [
      {
        kind: "switch",
        role: role.role,
        container: bootedName(boot, role),
        service: role.prefix,
        release: boot.record.release,
        candidate: candidateName(boot.record.release, boot.mark),
        from: boot.state.active?.version ?? null,
        drainTimeoutMs: role.drainTimeoutMs,
      },
    ],
  }));
}

/** Lanes that watch every service whose new release can be held against one before. */
export function bakeLanes(boots: readonly HostBoot[], bakeMs: number): Lane[] {
  const measured = boots.filter(({ state }) => state.active !== null);
  return rolesOf(measured, (role) => role.proxy !== null).map(([boot, role]) => ({
    host: boot.state.host,
    steps: [
      { kind: "bake", role: role.role, container: bootedName(boot, role), service: role.prefix, bakeMs },
    ],
  }));
}

/** Each pair of host and role that a test holds for, the hosts in order. */
function rolesOf(boots: readonly HostBoot[], holds: (role: RoleRecord) => boolean): [HostBoot, RoleRecord][] {
  return boots.flatMap((boot) =>
    bootedRoles(boot)
      .filter(holds)
      .map((role): [HostBoot, RoleRecord] => [boot, role]),
  );
}

/** The names that containers get which stand in the way, by host and present name. */
export type NewNames = (host: string, name: string) => string;

function containerSteps(boot: HostBoot, role: RoleRecord, names: NewNames): Step[] {
  const start: Step = {
    kind: "start-container",
    name: bootedName(boot, role),
    stopTimeoutMs: role.stopTimeoutMs,
  };
  const existing = existingContainer(boot, role);
  // What runs already is not started, or an undo would stop what may be serving.
  if (existing !== null) return existing.state === "running" ? [] : [start];
  const create: Step = {
    kind: "create-container",
    role: role.role,
    release: boot.record.release,
    name: role.container,
    image: imageByDigest(boot.record.image),
    settings: role.settings,
  };
  if (!boot.state.takenNames.includes(role.container)) return [create, start];
  const newName = names(boot.state.host, role.container);
  return [{ kind: "free-name", name: role.container, newName }, create, start];
}

function bootSteps(boot: HostBoot, role: RoleRecord, { newNames, expiresMs }: BootWay): Step[] {
  return [...containerSteps(boot, role, newNames), gateStep(boot, role, expiresMs)];
}

/** What proves that a container is well: the proxy's probe or, without a proxy, Docker's check or time. */
function gateStep(boot: HostBoot, role: RoleRecord, expiresMs: number): Step {
  if (role.proxy === null)
    return {
      kind: "stay-up",
      role: role.role,
      container: bootedName(boot, role),
      readinessDelayMs: role.readinessDelayMs,
      deadlineMs: role.deployTimeoutMs,
    };
  return {
    kind: "pass-gate",
    role: role.role,
    container: bootedName(boot, role),
    service: role.prefix,
    release: boot.record.release,
    candidate: candidateName(boot.record.release, boot.mark),
    appPort: role.proxy.appPort,
    options: role.proxy.options,
    tls: role.proxy.tls,
    health: role.proxy.health,
    deadlineMs: role.deployTimeoutMs,
    expiresMs,
  };
}
