import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Tools } from "./tools.ts";

/** What one run of load found. Latencies are milliseconds. */
export interface LoadResult {
  requests: number;
  perSecond: number;
  failed: number;
  p50: number;
  p99: number;
  p999: number;
}

export interface Load {
  url: string;
  connections: number;
  seconds: number;
  /** A connection for each request. */
  newConnections?: true;
}

const script = `done = function(summary, latency)
  local e = summary.errors
  print(string.format("%d %d %d %d %d %d", summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
`;

export async function runLoad(folder: string, tools: Tools, load: Load): Promise<LoadResult> {
  const path = join(folder, "load.lua");
  writeFileSync(path, script);
  const args = ["-t1", `-c${load.connections}`, `-d${load.seconds}s`, "--timeout", "10s", "-s", path];
  const header = load.newConnections ? ["-H", "Connection: close"] : [];
  const env = { ...process.env, LD_LIBRARY_PATH: tools.libraries };
  const { stdout } = await promisify(execFile)(tools.wrk, [...args, ...header, load.url], { env });
  const [requests = 0, durationUs = 1, failed = 0, p50 = 0, p99 = 0, p999 = 0] = (
    stdout.trim().split("\n").at(-1) ?? ""
  )
    .split(" ")
    .map(Number);
  const perSecond = requests / (durationUs / 1e6);
  return { requests, perSecond, failed, p50: p50 / 1_000, p99: p99 / 1_000, p999: p999 / 1_000 };
}
