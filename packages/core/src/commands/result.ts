import type { Receipt } from "@cutover/proxy/protocol";
import type { PhaseTime } from "../audit/entry.ts";
import type { HostDecision } from "../plan/decide.ts";

/** What a command that changes the release says when it is done. Plain data; printed short, whole in `--json`. */
export interface DeployResult {
  service: string;
  destination: string | null;
  version: string;
  /** Our own name of this release; several can have one version. */
  release: string;
  /** The image as it was booted, by digest where a registry gave one. */
  image: string;
  /** False where all was found as it should be, and nothing was done. */
  changed: boolean;
  hosts: HostResult[];
  /** Between the first commit sent and the last answer, in milliseconds; 0 where nothing was switched. */
  spreadMs: number;
  /** Hosts that could not be reached and were left behind. */
  leftBehind: LeftBehindHost[];
  timings: { totalMs: number; buildMs: number; ownMs: number; phases: PhaseTime[] };
  /** Containers and images that were removed at the end, by host. */
  pruned: { host: string; containers: string[]; images: string[] }[];
}

/** A host that was left behind, and why. */
export interface LeftBehindHost {
  host: string;
  cause: string;
}

/** What was done on one host, why, and what became of it. */
export interface HostResult extends HostDecision {
  /** The roles that were booted. */
  roles: RoleResult[];
}

/** What became of one role on one host. */
export interface RoleResult {
  role: string;
  container: string;
  /** The version it took over from; null for a first deploy. */
  from: string | null;
  /** The account of the switch; null for a role that has no proxy. */
  receipt: Receipt | null;
}
