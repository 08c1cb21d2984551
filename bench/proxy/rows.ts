import { median } from "../lib/median.ts";
import type { Row } from "../lib/row.ts";
import type { Case } from "./cases.ts";
import type { LoadResult } from "./load.ts";
import { type ServerName, serverNames } from "./ports.ts";

/** One round of load on one server. */
export interface Sample extends LoadResult {
  cpuUsPerRequest: number;
  /** So far; it never falls. */
  peakMb: number;
}

export type Samples = Record<ServerName, Sample[]>;

const rounded = (value: number) => Number(value.toPrecision(3));

/** The median of a figure. */
export function medianOf(samples: readonly Sample[], figure: keyof Sample): number {
  return median(samples.map((sample) => sample[figure]));
}

/** What a case showed, of each server and against nginx. */
export function rowsOf(tested: Case, samples: Samples): Row[] {
  const of = (name: ServerName, figure: keyof Sample) => medianOf(samples[name], figure);
  const rows: Row[] = [];
  for (const name of serverNames) {
    if (samples[name].length === 0) continue;
    const told = (metric: string, unit: Row["unit"], figure: keyof Sample) =>
      rows.push(toldRow(`${tested.name}: ${name}`, metric, unit, of(name, figure), of("nginx", figure)));
    told("throughput", "1/s", "perSecond");
    told("p50", "ms", "p50");
    told("p99", "ms", "p99");
    told("p99.9", "ms", "p999");
    if (name === "origin") continue;
    told("processor time for a request", "µs", "cpuUsPerRequest");
    told("peak memory", "MB", "peakMb");
  }
  const { name, throughputAtLeast, cpuAtMost, memoryAtMost } = tested;
  const ratio = (figure: keyof Sample) => of("cutover", figure) / of("nginx", figure);
  const failed = samples.cutover.reduce((sum, sample) => sum + sample.failed, 0);
  rows.push(boundRow(name, "failed requests", "×", failed, 0, "most"));
  if (throughputAtLeast !== undefined) {
    rows.push(boundRow(name, "throughput ÷ nginx's", "×", ratio("perSecond"), throughputAtLeast, "least"));
  }
  if (cpuAtMost !== undefined) {
    rows.push(boundRow(name, "processor time ÷ nginx's", "×", ratio("cpuUsPerRequest"), cpuAtMost, "most"));
  }
  if (memoryAtMost !== undefined) {
    rows.push(boundRow(name, "peak memory", "MB", of("cutover", "peakMb"), memoryAtMost, "most"));
  }
  return rows;
}

/** What a load at a steady pace showed: who answers how late. */
export function steadyRows(tested: Case, samples: Samples, p99AtMost: number): Row[] {
  const p99 = medianOf(samples.cutover, "p99") / medianOf(samples.nginx, "p99");
  return [...rowsOf(tested, samples), boundRow(tested.name, "p99 ÷ nginx's", "×", p99, p99AtMost, "most")];
}

/** A figure that is told, held against nginx's. */
export function toldRow(name: string, metric: string, unit: Row["unit"], value: number, nginx: number): Row {
  const told = { case: name, metric, unit, value: rounded(value), against: "nginx" };
  return { ...told, ratio: rounded(value / nginx), target: null, met: null };
}

/** A figure that has a bound. */
export function boundRow(
  name: string,
  metric: string,
  unit: Row["unit"],
  exact: number,
  target: number,
  kind: "least" | "most",
): Row {
  const value = rounded(exact);
  const made = { case: name, metric, unit, value, against: null, ratio: null, target };
  if (kind === "most") return { ...made, met: value <= target };
  return { ...made, atLeast: true, met: value >= target };
}
