import type { Row } from "./row.ts";

const columns = ["case", "metric", "value", "target", "", "ratio to"] as const;

/** The rows for a person: one line each, under a line of headings. */
export function tableLines(rows: readonly Row[]): string[] {
  const cells = [columns, ...rows.map(cellsOf)];
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => (row[column] as string).length)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] as number))
      .join("  ")
      .trimEnd(),
  );
}

function cellsOf(row: Row): string[] {
  return [
    row.case,
    row.metric,
    `${row.value} ${row.unit}`,
    row.target === null ? "" : `${row.atLeast ? "≥" : "≤"} ${row.target} ${row.unit}`,
    row.met === null ? "" : row.met ? "met" : "MISSED",
    row.against === null ? "" : `${row.ratio} × ${row.against}`,
  ];
}
