import { latencyOf } from "../../traffic/latency.ts";
import { type DemoSummary, type StageResult, stageNames } from "./event.ts";

/** What the stages saw that the summary tells by itself. */
export interface Seen {
  before: number | null;
  after: number | null;
  brokenExit: number | null;
  /** What each answered request took beyond its delay, over all stages, in ms. */
  latenciesMs: number[];
}

/** The demo is well only when every stage was reached and every promise in it held. */
export function summarise(stages: readonly StageResult[], seen: Seen): DemoSummary {
  const traffic = stages.flatMap((stage) => stage.traffic ?? []);
  const sum = (count: (report: (typeof traffic)[number]) => number) =>
    traffic.reduce((total, report) => total + count(report), 0);
  const latency = latencyOf(seen.latenciesMs);
  return {
    type: "summary",
    ok: stages.length === stageNames.length && stages.every(isWell),
    before: seen.before,
    after: seen.after,
    requests: sum((report) => report.sent),
    failed: sum((report) => report.failed),
    brokenExit: seen.brokenExit,
    p50Ms: tenths(latency?.p50),
    p99Ms: tenths(latency?.p99),
    maxMs: tenths(latency?.max),
    stages: stages.map(({ name, ms }) => ({ name, ms: Math.round(ms) })),
  };
}

/** Whether everything that this stage promised held. A stage that promised nothing proved nothing. */
export function isWell(stage: StageResult): boolean {
  return stage.checks.length > 0 && stage.checks.every((check) => check.held);
}

const tenths = (ms: number | undefined) => (ms === undefined ? null : Math.round(ms * 10) / 10);
