import type { HostState, ObservedContainer } from "../observe/host-state.ts";
import type { ReleaseRecord, RoleRecord } from "../release/record.ts";
import { releaseOfCandidate } from "./candidate.ts";
import { ageOf } from "./proxy-age.ts";

/** In what a host is not as its last deploy left it. */
export type Drift =
  | { kind: "network-missing" }
  | { kind: "proxy-missing" }
  | { kind: "proxy-stopped" }
  /** It runs and does not answer. */
  | { kind: "proxy-silent" }
  /** `older`: a deploy brings ours. Any other stays. */
  | { kind: "proxy-version"; found: string | null; wanted: string; age: "older" | "newer" | "unknown" }
  /** It was made with other options than the configuration has now. */
  | { kind: "proxy-options" }
  | { kind: "container-missing"; role: string }
  | { kind: "container-stopped"; role: string; container: string; state: string }
  /** By Docker's own health check, or since it ends again and again. */
  | { kind: "container-unhealthy"; role: string; container: string }
  /** The proxy sends the role's requests elsewhere, or nowhere. */
  | { kind: "not-routed"; role: string; service: string }
  /** It runs and belongs to no role of the release that serves. */
  | { kind: "stray"; role: string; container: string };

/** How a host's proxy is meant to be. */
export interface ProxyExpected {
  version: string;
  /** The checksum of its options; null where the host needs no proxy. */
  options: string | null;
}

/** Compares a host with the record of the release that serves there. */
export function driftOf(state: HostState, record: ReleaseRecord, proxy: ProxyExpected): Drift[] {
  return [
    ...(state.network ? [] : [{ kind: "network-missing" as const }]),
    ...(proxy.options === null ? [] : proxyDrift(state, proxy.version, proxy.options)),
    ...record.roles.flatMap((role) => roleDrift(state, record.release, role)),
    ...strays(state, record),
  ];
}

/**
 * The roles whose containers have to be booted for what was found. What a proxy serves that was not
 * running nobody knows, so whatever is behind it is routed anew.
 */
export function rolesToBoot(drift: readonly Drift[], { roles }: ReleaseRecord): string[] {
  const found = new Set(drift.map(({ kind }) => kind));
  const proxied = found.has("proxy-missing") || found.has("proxy-stopped");
  const named = drift.flatMap((one) =>
    one.kind === "container-missing" || one.kind === "container-stopped" || one.kind === "not-routed"
      ? [one.role]
      : [],
  );
  return roles
    .filter(({ role, proxy }) => named.includes(role) || (proxied && proxy !== null))
    .map(({ role }) => role);
}

/** What is not put right by booting what is missing: everything boots anew then. */
export function isUnwell({ kind }: Drift): boolean {
  return kind === "container-unhealthy" || kind === "proxy-silent";
}

/** What a deploy only warns of: a proxy serves other apps too, and is never brought down to an older version. */
export function isLeftAlone(drift: Drift): boolean {
  if (drift.kind === "proxy-version") return drift.age !== "older";
  return drift.kind === "proxy-options";
}

function proxyDrift({ proxy }: HostState, version: string, options: string): Drift[] {
  if (proxy.container === "missing") return [{ kind: "proxy-missing" }];
  if (proxy.container === "stopped") return [{ kind: "proxy-stopped" }];
  if (proxy.services === null) return [{ kind: "proxy-silent" }];
  const age = ageOf(proxy.version, version);
  return [
    ...(age === "same"
      ? []
      : [{ kind: "proxy-version" as const, found: proxy.version, wanted: version, age }]),
    ...(proxy.options === null || proxy.options === options ? [] : [{ kind: "proxy-options" as const }]),
  ];
}

function roleDrift(state: HostState, release: string, role: RoleRecord): Drift[] {
  const own = state.containers.filter((one) => one.role === role.role && one.release === release);
  const container = own.find(isRunning) ?? own[0];
  if (container === undefined) return [{ kind: "container-missing", role: role.role }];
  const { name } = container;
  if (!isRunning(container))
    return [{ kind: "container-stopped", role: role.role, container: name, state: container.state }];
  const unhealthy = container.health === "unhealthy" || container.state === "restarting";
  return [
    ...(unhealthy ? [{ kind: "container-unhealthy" as const, role: role.role, container: name }] : []),
    ...(isRouted(state, release, role, container)
      ? []
      : [{ kind: "not-routed" as const, role: role.role, service: role.prefix }]),
  ];
}

/** Whether the proxy sends the role's requests to this very container. */
function isRouted(
  state: HostState,
  release: string,
  role: RoleRecord,
  container: ObservedContainer,
): boolean {
  // Of a proxy that does not answer nothing is known: it drifts by itself.
  if (role.proxy === null || state.proxy.services === null) return true;
  const service = state.proxy.services.find((one) => one.service === role.prefix);
  if (service?.candidate == null || releaseOfCandidate(service.candidate) !== release) return false;
  return service.targets.some((target) => container.id.startsWith(target.split(":")[0] ?? ""));
}

function strays(state: HostState, record: ReleaseRecord): Drift[] {
  const roles = new Set(record.roles.map(({ role }) => role));
  return state.containers
    .filter((one) => isRunning(one) && (one.release !== record.release || !roles.has(one.role)))
    .map(({ role, name }) => ({ kind: "stray", role, container: name }));
}

function isRunning({ state }: ObservedContainer): boolean {
  return state === "running" || state === "restarting";
}
