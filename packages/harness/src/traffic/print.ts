import { describeFailure } from "./failure.ts";
import type { TrafficReport } from "./report.ts";

/** How many failures are told one by one; the rest is in the counts. */
const FAILURES_TOLD = 5;

/** The report for a person, line by line. */
export function trafficLines(report: TrafficReport): string[] {
  const perSecond = report.lastedMs > 0 ? Math.round(report.sent / (report.lastedMs / 1000)) : 0;
  const lines = [
    `${report.sent} requests in ${seconds(report.lastedMs)} s (${perSecond} a second): ` +
      `${report.answered} answered in full, ${report.failed} failed`,
  ];
  if (report.latencyMs !== null) {
    const { p50, p99, max } = report.latencyMs;
    lines.push(`latency: half within ${ms(p50)}, 99 % within ${ms(p99)}, longest ${ms(max)}`);
  }
  for (const { version, answers } of report.versions) lines.push(`version ${version}: ${answers} answers`);
  for (const { from, to, atMs, mixedMs } of report.changes)
    lines.push(`at ${seconds(atMs)} s from version ${from} to ${to}, both for ${ms(mixedMs)}`);
  for (const [kind, count] of Object.entries(report.byFailure)) lines.push(`${kind}: ${count}`);
  for (const failure of report.failures.slice(0, FAILURES_TOLD)) lines.push(`  ${describeFailure(failure)}`);
  return lines;
}

const seconds = (value: number) => (value / 1000).toFixed(2);
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
