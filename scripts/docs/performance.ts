import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MachineFacts } from "../../bench/lib/machine.ts";
import type { Row } from "../../bench/lib/row.ts";
import { root } from "../build/places.ts";

interface Results {
  commit: string;
  machine: MachineFacts;
  /** What a reader has to know beside the figures. */
  note?: string;
  rows: Row[];
}

/** How a row's case is made up where each server has its own: `case: server`. */
const servers = {
  cutover: "**Cutover**",
  nginx: "nginx",
  haproxy: "HAProxy",
  floor: "bare Node",
  origin: "none",
} as const;
const figures = ["processor time for a request", "p50", "p99", "p99.9", "peak memory"] as const;

/** `docs/performance.md`: what is written about it, and between that what was measured last. */
export function performancePage(): string {
  const written = (name: string) => readFileSync(join(root, "scripts/docs", name), "utf8").trim();
  const results = JSON.parse(readFileSync(join(root, "bench/results/proxy.json"), "utf8")) as Results;
  return `${[
    written("performance-introduction.md"),
    "## As measured",
    measuredOn(results),
    ...boundsTable(results.rows),
    ...serversTable(results.rows),
    written("performance-profile.md"),
  ].join("\n\n")}\n`;
}

function measuredOn({ commit, machine, note }: Results): string {
  const { cores, cpu, memoryGb, os, node } = machine;
  return `Commit ${commit}, on ${cores} cores (${cpu}), ${memoryGb} GB, ${os}, Node ${node}.${note === undefined ? "" : `\n${note}`}`;
}

/** What has a bound, and whether it was kept. */
function boundsTable(rows: readonly Row[]): string[] {
  const lines = rows.flatMap((row) => {
    if (row.target === null) return [];
    const bound = `${row.atLeast ? "≥" : "≤"} ${quantity(row.target, row.unit)}`;
    const value = quantity(row.value, row.unit);
    return `| ${row.case} | ${row.metric} | ${value} | ${bound} | ${row.met ? "met" : missed(row, row.target)} |`;
  });
  return [["| case | figure | measured | target | |", "|---|---|---|---|---|", ...lines].join("\n")];
}

function missed({ value, atLeast }: Row, target: number): string {
  const by = atLeast ? 1 - value / target : value / target - 1;
  return target === 0 ? "**missed**" : `**missed** by ${Math.round(by * 100)} %`;
}

/** Every server's figures, case by case. */
function serversTable(rows: readonly Row[]): string[] {
  const lines: string[] = [];
  let told = "";
  for (const row of rows) {
    const [, name, server] = /^(.+): (\w+)$/.exec(row.case) ?? [];
    if (row.metric !== "throughput" || server === undefined || !(server in servers)) continue;
    const of = (metric: string) => {
      const found = rows.find((each) => each.case === row.case && each.metric === metric);
      return found === undefined ? "" : quantity(found.value, found.unit);
    };
    const cells = [`${row.value.toLocaleString("en")}`, `${row.ratio}`, ...figures.map(of)];
    lines.push(
      `| ${name === told ? "" : name} | ${servers[server as keyof typeof servers]} | ${cells.join(" | ")} |`,
    );
    told = name ?? "";
  }
  const head = [
    "case",
    "server",
    "requests/s",
    "÷ nginx",
    "processor time",
    "p50",
    "p99",
    "p99.9",
    "peak memory",
  ];
  return [[`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...lines].join("\n")];
}

function quantity(value: number, unit: Row["unit"]): string {
  const text = value.toLocaleString("en", { maximumSignificantDigits: 3 });
  return unit === "×" ? text : `${text} ${unit}`;
}
