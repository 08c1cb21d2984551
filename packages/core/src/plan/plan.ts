import type { Release } from "../release/release.ts";
import type { Step } from "./step.ts";

/** What has to happen on the hosts, in which order. Plain data without a secret in it. */
export interface Plan {
  /** Null: no release is concerned. */
  release: Release | null;
  phases: Phase[];
}

/** Where hosts go in groups, the phases from `boot` to `bake` come once for each group. */
export type PhaseName =
  | "prepare"
  | "boot"
  | "others"
  | "keep"
  | "switch"
  | "hand-over"
  | "bake"
  | "retire"
  | "prune";

/** Steps that may happen side by side. The next phase begins when all of this one is done. */
export interface Phase {
  name: PhaseName;
  /** For people: "Boot the new containers". */
  title: string;
  /**
   * What a failure means: `undo` takes back everything done so far, since nothing serves the new
   * release yet or all of it can be put back; `report` leaves it, since the new release serves.
   */
  onFailure: "undo" | "report";
  /** How long to wait before it begins, in milliseconds; absent: not at all. */
  waitMs?: number;
  lanes: Lane[];
}

/** Steps on one host that happen one after another, beside every other lane of the phase. */
export interface Lane {
  host: string;
  steps: Step[];
}
