/**
 * `pnpm bench:proxy`: the proxy against nginx and HAProxy of Debian, against the least that a proxy on Node
 * can cost, and against no proxy at all.
 *
 *     pnpm bench:proxy [--quick] [--only TEXT]
 *
 * With `--only` just the cases whose name contains the text; nothing is kept then.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { publish } from "./lib/results.ts";
import type { Row } from "./lib/row.ts";
import { tableLines } from "./lib/table.ts";
import { type Case, cases, keptAlive, steady } from "./proxy/cases.ts";
import { idleRows } from "./proxy/idle.ts";
import { type LoadEdge, runLoad } from "./proxy/load.ts";
import { cpuMs, memoryKb } from "./proxy/processes.ts";
import { medianOf, rowsOf, type Sample, type Samples, steadyRows } from "./proxy/rows.ts";
import { type Server, Servers } from "./proxy/servers.ts";
import { startUpRows } from "./proxy/start-up.ts";
import { switchingRows } from "./proxy/switching.ts";
import { findTools } from "./proxy/tools.ts";

const { values } = parseArgs({ options: { quick: { type: "boolean" }, only: { type: "string" } } });
/** Rounds of each case, and seconds of each: more where something is promised. */
const rounds = values.quick ? 3 : 5;
const secondsOf = (tested: Case) => (values.quick || tested.throughputAtLeast === undefined ? 1 : 2);
const quickNote = values.quick
  ? "Quick rounds, three of a second each: the proxy's code was still being compiled in some."
  : undefined;
const folders: string[] = [];
/** The most that half of our load may be slower than nginx, at the 99th percentile. */
const steadyP99AtMost = 1.5;

const edge: LoadEdge = { folder: folderForAll(), tools: findTools() };
const rows: Row[] = [];
let servers = await Servers.start(edge.folder, edge.tools);
try {
  let topThroughput = 0;
  for (const tested of cases) {
    if (!isWanted(tested.name)) continue;
    const samples = await measure(tested);
    if (tested === keptAlive) topThroughput = medianOf(samples.cutover, "perSecond");
    rows.push(...rowsOf(tested, samples));
  }
  if (topThroughput > 0) {
    const half = steady(topThroughput / 2);
    rows.push(...steadyRows(half, await measure(half), steadyP99AtMost));
  }
  if (isWanted("a switch every second")) {
    rows.push(...(await switchingRows(edge, servers.cutover, rounds, values.quick ? 2 : 4)));
  }
  if (isWanted("an idle connection")) {
    // A process that has grown before takes from what it has: nothing would be seen.
    await servers.stop();
    servers = await Servers.start(folderForAll(), edge.tools);
    rows.push(...(await idleRows(servers.all)));
  }
  if (isWanted("start to serving")) rows.push(...(await startUpRows(servers.cutover, rounds + 4)));
  if (values.only === undefined) process.exitCode = publish("proxy", rows, quickNote) ? 0 : 1;
  else for (const line of tableLines(rows)) console.log(line);
} finally {
  await servers.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** A folder that nginx can read once it has given up root. */
function folderForAll(): string {
  const folder = mkdtempSync(join(tmpdir(), "cutover-bench-"));
  folders.push(folder);
  chmodSync(folder, 0o755);
  return folder;
}

function isWanted(name: string): boolean {
  const wanted = values.only === undefined || name.includes(values.only);
  if (wanted) console.error(`${name} …`);
  return wanted;
}

async function measure(tested: Case): Promise<Samples> {
  const samples: Samples = { origin: [], nginx: [], haproxy: [], cutover: [], floor: [] };
  const asked = servers.all.filter(({ name }) => name !== "floor" || tested.withFloor);
  // What has to be compiled, opened or cached is so before the first round.
  for (const server of asked) await sample(server, tested, 1);
  // Alternating, so that whatever else the machine does meets all of them alike.
  for (let round = 0; round < rounds; round += 1) {
    for (const server of asked) {
      samples[server.name].push(await sample(server, tested, secondsOf(tested)));
    }
  }
  return samples;
}

async function sample({ name, pid }: Server, tested: Case, seconds: number): Promise<Sample> {
  const before = cpuMs(pid);
  const result = await runLoad(edge, name, tested.load, seconds);
  const cpuUsPerRequest = ((cpuMs(pid) - before) * 1_000) / result.requests;
  return { ...result, cpuUsPerRequest, peakMb: memoryKb(pid, "VmHWM") / 1_024 };
}
