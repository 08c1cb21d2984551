import type picocolors from "picocolors";
import { describeFailure } from "../../traffic/failure.ts";
import type { TrafficReport } from "../../traffic/report.ts";
import type { Check, DemoSummary, StageResult } from "./event.ts";
import { type Mark, stripOf } from "./strip.ts";
import { tableLines } from "./table.ts";

/** Colours, or their absence. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/** How many failed requests are told one by one. */
const FAILURES_TOLD = 5;

/** From when on it is worth telling that requests were sent late, in ms. */
const LATE_MS = 100;

/** How a version that answers is drawn: its own name, so that the strip reads without colours too. */
const MIXED = "/";
const FAILED = "✗";
const NONE = "·";

/** A promise and whether it held. */
export function checkLine(check: Check, colors: Colors): string {
  return check.held ? `${colors.green("✔")} ${check.text}` : colors.red(`✘ ${check.text}`);
}

/** What became of the traffic of a stage, and the moment of the switch in the versions seen. */
export function trafficReportLines(report: TrafficReport, width: number, colors: Colors): string[] {
  const strip = stripOf(report.timeline, width);
  const lines = [
    strip.marks.map((mark) => drawn(mark, report, colors)).join(""),
    colors.dim(`each mark ${strip.markMs / 1000} s: the version that answered what was sent then`),
  ];
  for (const { from, to, atMs, mixedMs } of report.changes) {
    const both = mixedMs > 0 ? `, both answered for ${Math.round(mixedMs)} ms` : "";
    lines.push(`at ${(atMs / 1000).toFixed(2)} s version ${to} took over from version ${from}${both}`);
  }
  if (report.lateMs > LATE_MS)
    lines.push(
      colors.dim(`this machine was too busy to send on time, by up to ${Math.round(report.lateMs)} ms`),
    );
  for (const failure of report.failures.slice(0, FAILURES_TOLD))
    lines.push(colors.red(describeFailure(failure)));
  return lines;
}

function drawn(mark: Mark, report: TrafficReport, colors: Colors): string {
  if (mark.kind === "failed") return colors.red(FAILED);
  if (mark.kind === "mixed") return colors.yellow(MIXED);
  if (mark.kind === "none") return colors.dim(NONE);
  const first = report.versions[0]?.version === mark.version;
  return (first ? colors.blue : colors.green)(mark.version.slice(-1));
}

/** The closing table and the verdict. */
export function closingLines(summary: DemoSummary, stages: readonly StageResult[], colors: Colors): string[] {
  const [head = "", ...rows] = tableLines(stages);
  const verdict = summary.ok
    ? colors.green(
        `Every promise held: ${summary.before} → ${summary.after}, ${summary.requests} requests, ${summary.failed} failed.`,
      )
    : colors.red(`A promise was broken: see the lines marked ✘. ${summary.failed} requests failed.`);
  return ["", colors.bold(head), ...rows, "", verdict];
}
