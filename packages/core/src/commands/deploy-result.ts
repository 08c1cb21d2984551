import type { PhaseTime } from "../audit/entry.ts";
import { bootedName, bootedRoles, type HostBoot } from "../plan/boot.ts";
import type { HostDecision } from "../plan/decide.ts";
import type { Plan } from "../plan/plan.ts";
import { imageByDigest, type Release } from "../release/release.ts";
import { shortVersion } from "../release/version.ts";
import type { Memory } from "../steps/memory.ts";
import type { DeployResult, LeftBehindHost, RoleResult } from "./result.ts";
import { spreadMs } from "./spread.ts";

/** What every report is made from. */
interface Subject {
  service: string;
  destination: string | null;
  release: Release;
  /** Every host, in the order of the configuration. */
  hosts: readonly HostDecision[];
  timings: { totalMs: number; buildMs: number; phases: readonly PhaseTime[] };
  leftBehind: LeftBehindHost[];
}

/** A run that succeeded. */
interface Outcome extends Subject {
  boots: readonly HostBoot[];
  plan: Plan;
  memory: Memory;
}

/** The report of a run that succeeded. */
export function deployResult(outcome: Outcome): DeployResult {
  const { memory, boots, plan } = outcome;
  const booted = new Map(boots.map((boot) => [boot.state.host, boot]));
  return {
    ...facts(outcome),
    changed: true,
    hosts: outcome.hosts.map((decided) => {
      const boot = booted.get(decided.host);
      return boot === undefined
        ? { ...decided, roles: [] }
        : { ...decided, roles: roleResults(boot, memory) };
    }),
    spreadMs: spreadMs(plan, memory.switches),
    pruned: [...memory.pruned].map(([host, pruned]) => ({ host, ...pruned })),
  };
}

/** The report of a deploy that found everything as it should be. */
export function nothingToDo(subject: Subject): DeployResult {
  const hosts = subject.hosts.map((decided) => ({ ...decided, roles: [] }));
  return { ...facts(subject), changed: false, hosts, spreadMs: 0, pruned: [] };
}

/** `hello 3f2a1c0 serves on 2 hosts`. */
export function deploySummary(result: DeployResult): string {
  const { service, version, changed } = result;
  const { length } = result.hosts;
  const left = result.leftBehind.map(({ host }) => host);
  const serves = `${service} ${shortVersion(version)} serves on ${length} ${length === 1 ? "host" : "hosts"}`;
  if (left.length > 0) return `${serves}; left behind: ${left.join(", ")}`;
  return changed ? serves : `${serves}: nothing to do`;
}

/** What a command ends with that did its work: 4 where hosts were left behind. */
export function deployExitCode({ leftBehind }: DeployResult): number {
  return leftBehind.length === 0 ? 0 : 4;
}

function facts({ service, destination, release, timings, leftBehind }: Subject) {
  const { totalMs, buildMs, phases } = timings;
  return {
    service,
    destination,
    version: release.version,
    release: release.id,
    image: imageByDigest(release.image),
    leftBehind,
    timings: { totalMs, buildMs, ownMs: totalMs - buildMs, phases: [...phases] },
  };
}

/** What became of each role that was booted on a host. */
export function roleResults(boot: HostBoot, memory: Memory): RoleResult[] {
  const { host, active } = boot.state;
  return bootedRoles(boot).map((role) => ({
    role: role.role,
    container: bootedName(boot, role),
    from: active?.version ?? null,
    receipt: memory.receiptOf(host, role.prefix),
  }));
}
