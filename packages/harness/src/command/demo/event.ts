import type { TrafficReport } from "../../traffic/report.ts";

/** The stages of the demo, in their order. */
export const stageNames = ["sandbox", "before", "setup", "cutover", "broken", "rollback"] as const;
export type StageName = (typeof stageNames)[number];

/** One of the demo's promises and whether it held. */
export interface Check {
  text: string;
  held: boolean;
}

/** How a stage ended. `traffic` is null for a stage without any. */
export interface StageResult {
  name: StageName;
  title: string;
  ms: number;
  checks: Check[];
  traffic: TrafficReport | null;
}

/** Everything the demo tells, as plain data; `--json` prints these as they are. Times are ms. */
export type DemoEvent =
  /** Something is installed, built or started first. */
  | { type: "note"; text: string }
  | { type: "stage.started"; name: StageName; title: string }
  /** A part of the sandbox: `ms` is how long it took to get there. */
  | { type: "part"; part: string; state: PartState; ms: number }
  /** A command typed on the deployer, and what it printed. */
  | { type: "command"; command: string }
  | { type: "output"; text: string }
  | { type: "traffic.progress"; sent: number; answered: number; failed: number }
  | { type: "traffic.report"; report: TrafficReport }
  | ({ type: "check" } & Check)
  | ({ type: "stage.ended"; ok: boolean } & StageResult)
  | DemoSummary;

export type PartState = "starting" | "healthy" | "failed";

/** The last line of `--json`. Latencies are what requests took beyond the delay that they asked for. */
export interface DemoSummary {
  type: "summary";
  ok: boolean;
  /** The status at the load balancer before the first deploy and after it; null when not reached. */
  before: number | null;
  after: number | null;
  requests: number;
  failed: number;
  /** What `deploy` exited with for the broken version. */
  brokenExit: number | null;
  p50Ms: number | null;
  p99Ms: number | null;
  maxMs: number | null;
  stages: { name: StageName; ms: number }[];
}

/** Takes each event as it happens. */
export type DemoSink = (event: DemoEvent) => void;
