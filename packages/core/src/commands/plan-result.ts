import type { HostDecision } from "../plan/decide.ts";
import type { PLAN_SCHEMA } from "../plan/plan-file.ts";
import type { SeenHost } from "../plan/seen.ts";
import type { ReleaseRecord } from "../release/record.ts";
import type { ScopeOptions } from "./scope.ts";

/** What `plan` can be asked. */
export interface PlanOptions extends Pick<ScopeOptions, "filter"> {
  /** `-P`: the image is in the registry already. */
  skipPush: boolean;
  /** Whether it ends with 3 where a deploy would do something, or something has drifted. */
  check: boolean;
}

/**
 * What a deploy would do now. Plain data without a secret; printed short, whole in `--json` and in the
 * file of `--out`.
 */
export interface PlanResult {
  schemaVersion: typeof PLAN_SCHEMA;
  /** `service` or `service-destination`. */
  app: string;
  /** Milliseconds since the epoch. */
  madeAt: number;
  /** `anna@laptop` */
  madeBy: string;
  toolVersion: string;
  service: string;
  destination: string | null;
  version: string;
  /** The release that would serve: a new one, or the one that does. */
  release: string;
  image: {
    /** `registry.example.com/acme/shop` */
    repository: string;
    /** `sha256:…`; null: not known before it is built. */
    digest: string | null;
    /** `serving`: what serves was built from the same. `registry`: it is there. `to-build`: it would be built. */
    origin: "serving" | "registry" | "to-build" | "missing";
  };
  /** Whether a deploy would do anything, or something is not as the last deploy left it. */
  changes: boolean;
  hosts: PlannedHost[];
  /** The phases of the deploy, each with what happens on each host; those of one list one after another. */
  phases: { name: string; title: string; lanes: { host: string; steps: string[] }[] }[];
}

/** What would happen on a host, why, and what is worth knowing of it. */
export interface PlannedHost extends HostDecision {
  /** What the plan was made from, to be held against the host when it is carried out. */
  seen: SeenHost;
  /** What is wanted there. */
  record: ReleaseRecord;
  disk: { folder: string; freeBytes: number; totalBytes: number } | null;
  /** How far its clock is ahead of this machine's, in milliseconds. */
  clockSkewMs: number;
  /** Who is at work on this app there; null: nobody. */
  lockedBy: string | null;
}
