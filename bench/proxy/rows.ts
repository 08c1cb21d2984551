import { median } from "../lib/median.ts";
import type { Row } from "../lib/row.ts";
import type { Case } from "./cases.ts";
import type { Server } from "./servers.ts";
import type { LoadResult } from "./wrk.ts";

/** One round of load on one server. */
export interface Sample extends LoadResult {
  cpuUsPerRequest: number;
  /** So far; it never falls. */
  peakMb: number;
}

export type Samples = Record<Server["name"], Sample[]>;

const rounded = (value: number) => Number(value.toPrecision(3));

/** What a case showed, of each server and against nginx. */
export function rowsOf(tested: Case, samples: Samples): Row[] {
  const of = (name: Server["name"], figure: keyof Sample) =>
    median(samples[name].map((sample) => sample[figure]));
  const rows: Row[] = [];
  for (const name of ["cutover", "nginx", "haproxy", "origin"] as const) {
    const told = (metric: string, unit: Row["unit"], figure: keyof Sample) =>
      rows.push(row(`${tested.name}: ${name}`, metric, unit, of(name, figure), of("nginx", figure)));
    told("throughput", "1/s", "perSecond");
    if (name !== "origin") told("processor time for a request", "µs", "cpuUsPerRequest");
    told("p50", "ms", "p50");
    told("p99", "ms", "p99");
    told("p99.9", "ms", "p999");
    told("peak memory", "MB", "peakMb");
  }
  const failed = samples.cutover.reduce((sum, sample) => sum + sample.failed, 0);
  rows.push({
    ...row(tested.name, "failed requests", "×", failed, 1),
    against: null,
    ratio: null,
    target: 0,
    met: failed === 0,
  });
  if (tested.throughputAtLeast !== undefined) {
    const ratio = of("cutover", "perSecond") / of("nginx", "perSecond");
    rows.push(
      bound(row(tested.name, "throughput ÷ nginx's", "×", ratio, 1), tested.throughputAtLeast, "least"),
    );
  }
  if (tested.cpuAtMost !== undefined) {
    const ratio = of("cutover", "cpuUsPerRequest") / of("nginx", "cpuUsPerRequest");
    rows.push(bound(row(tested.name, "processor time ÷ nginx's", "×", ratio, 1), tested.cpuAtMost, "most"));
  }
  return rows;
}

function row(name: string, metric: string, unit: Row["unit"], value: number, nginx: number): Row {
  return {
    case: name,
    metric,
    unit,
    value: rounded(value),
    against: "nginx",
    ratio: rounded(value / nginx),
    target: null,
    met: null,
  };
}

function bound(made: Row, target: number, kind: "least" | "most"): Row {
  const common = { ...made, against: null, ratio: null, target };
  if (kind === "most") return { ...common, met: made.value <= target };
  return { ...common, atLeast: true, met: made.value >= target };
}
