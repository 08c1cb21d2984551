import { readFileSync, rmSync } from "node:fs";
import type { Load, LoadResult } from "./load.ts";
import { percentiles } from "./percentiles.ts";

type H2Load = Extract<Load, { tool: "h2load" }>;

export function h2loadArgs({ connections, streams }: H2Load, seconds: number, log: string): string[] {
  return [`-c${connections}`, `-m${streams}`, `-D${seconds}`, `--log-file=${log}`];
}

/**
 * Reads what it printed, and its log: for each request when it began, its status and how long it took, in
 * microseconds.
 */
export function readH2load(output: string, log: string): LoadResult {
  const [, perSecond] = /([\d.]+) req\/s/.exec(output) ?? [];
  const [, failed, errored] = /(\d+) failed, (\d+) errored/.exec(output) ?? [];
  const lines = readFileSync(log, "latin1").trim().split("\n");
  rmSync(log);
  const { p50, p99, p999 } = percentiles(lines.map((line) => Number(line.split("\t")[2])));
  return {
    requests: lines.length,
    perSecond: Number(perSecond),
    failed: Number(failed) + Number(errored),
    p50: p50 / 1_000,
    p99: p99 / 1_000,
    p999: p999 / 1_000,
  };
}
