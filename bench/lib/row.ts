import { median } from "./median.ts";

/** One figure of a benchmark. */
export interface Row {
  /** What was done: `deploy of a changed app, two VMs, idle`. */
  case: string;
  /** What was measured about it: `time`, `peak memory`. */
  metric: string;
  unit: "s" | "ms" | "µs" | "KB" | "MB" | "%" | "1/s" | "×";
  /** The median of the samples. */
  value: number;
  /** Something plain, measured in the same run, so that figures of different machines compare. */
  against: string | null;
  /** `value` divided by the plain thing's. */
  ratio: number | null;
  /** The bound that the project has set itself; null where a figure is only told. */
  target: number | null;
  /** Whether `target` is the least that the value may be; otherwise it is the most. */
  atLeast?: true;
  met: boolean | null;
}

/** Something plain that other figures are held against, such as `node -e 0`. */
export interface Plain {
  name: string;
  value: number;
}

/** What makes a row: its samples, and what they are held against. */
export interface Measured {
  case: string;
  metric: string;
  unit: Row["unit"];
  samples: readonly number[];
  against?: Plain;
  /** The most that the median may be. */
  atMost?: number;
}

export function rowOf({ case: case_, metric, unit, samples, against, atMost }: Measured): Row {
  const value = rounded(median(samples));
  return {
    case: case_,
    metric,
    unit,
    value,
    against: against?.name ?? null,
    ratio: against === undefined ? null : rounded(value / against.value),
    target: atMost ?? null,
    met: atMost === undefined ? null : value <= atMost,
  };
}

/** Three figures say all that a benchmark knows. */
const rounded = (value: number) => Number(value.toPrecision(3));
