import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Load, LoadResult } from "./load.ts";

type WrkLoad = Extract<Load, { tool: "wrk" }>;

const summary = `done = function(summary, latency)
  local e = summary.errors
  print(string.format("%d %d %d %d %d %d", summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
`;

/** Writes what wrk is to do beside asking; gives the path of it. */
export function writeWrkScript(folder: string, script = ""): string {
  const path = join(folder, "load.lua");
  writeFileSync(path, script + summary);
  return path;
}

export function wrkArgs({ connections, newConnections }: WrkLoad, seconds: number, script: string): string[] {
  const header = newConnections ? ["-H", "Connection: close"] : [];
  return ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "10s", "-s", script, ...header];
}

/** Reads the line that the script prints at the end. */
export function readWrk(output: string): LoadResult {
  const line = output.trim().split("\n").at(-1) ?? "";
  const [requests = 0, durationUs = 1, failed = 0, p50 = 0, p99 = 0, p999 = 0] = line.split(" ").map(Number);
  const perSecond = requests / (durationUs / 1e6);
  return { requests, perSecond, failed, p50: p50 / 1_000, p99: p99 / 1_000, p999: p999 / 1_000 };
}
