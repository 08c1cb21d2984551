import type { HostBoot } from "../plan/boot.ts";
import { bootedName } from "../plan/boot.ts";
import type { Plan } from "../plan/plan.ts";
import { imageByDigest, type Release } from "../release/release.ts";
import { shortVersion } from "../release/version.ts";
import type { Memory } from "../steps/memory.ts";
import type { DeployResult, HostResult, LeftBehindHost } from "./result.ts";
import { spreadMs } from "./spread.ts";

/** What a run is reported from. */
interface Outcome {
  service: string;
  destination: string | null;
  release: Release;
  boots: readonly HostBoot[];
  plan: Plan;
  memory: Memory;
  timings: { totalMs: number; buildMs: number };
  leftBehind: LeftBehindHost[];
}

/** The report of a run that succeeded. */
export function deployResult(outcome: Outcome): DeployResult {
  const { service, destination, release, memory } = outcome;
  const { totalMs, buildMs } = outcome.timings;
  return {
    service,
    destination,
    version: release.version,
    release: release.id,
    image: imageByDigest(release.image),
    hosts: outcome.boots.map((boot) => hostResult(boot, memory)),
    spreadMs: spreadMs(outcome.plan, memory.switches),
    leftBehind: outcome.leftBehind,
    timings: { totalMs, buildMs, ownMs: totalMs - buildMs },
    pruned: [...memory.pruned].map(([host, pruned]) => ({ host, ...pruned })),
  };
}

/** `hello 3f2a1c0 serves on 2 hosts`. */
export function deploySummary(result: DeployResult): string {
  const { length } = result.hosts;
  const left = result.leftBehind.map(({ host }) => host);
  const serves = `${result.service} ${shortVersion(result.version)} serves on ${length} ${length === 1 ? "host" : "hosts"}`;
  return left.length === 0 ? serves : `${serves}; left behind: ${left.join(", ")}`;
}

/** What a command ends with that did its work: 4 where hosts were left behind. */
export function deployExitCode({ leftBehind }: DeployResult): number {
  return leftBehind.length === 0 ? 0 : 4;
}

function hostResult(boot: HostBoot, memory: Memory): HostResult {
  const { host, active } = boot.state;
  const roles = boot.record.roles.map((role) => ({
    role: role.role,
    container: bootedName(boot, role),
    from: active?.version ?? null,
    receipt: memory.receiptOf(host, role.prefix),
  }));
  return { host, roles };
}
