import type { StageResult } from "./event.ts";

const columns = ["stage", "time", "requests", "failed", "p50", "p99", "longest"] as const;

/** The closing table: each stage with its time and, where there was traffic, what became of it. */
export function tableLines(stages: readonly StageResult[]): string[] {
  const rows = [columns, ...stages.map(rowOf)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] as number;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd(),
  );
}

function rowOf(stage: StageResult): string[] {
  const time = `${(stage.ms / 1000).toFixed(1)} s`;
  if (stage.traffic === null) return [stage.title, time, "", "", "", "", ""];
  const { sent, failed, latencyMs } = stage.traffic;
  const latency = latencyMs === null ? ["", "", ""] : [latencyMs.p50, latencyMs.p99, latencyMs.max].map(ms);
  return [stage.title, time, String(sent), String(failed), ...latency];
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
