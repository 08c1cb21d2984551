/** `pnpm bench:proxy`: the proxy against nginx and HAProxy of Debian, and against no proxy at all. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publish } from "./lib/results.ts";
import type { Row } from "./lib/row.ts";
import { cases } from "./proxy/cases.ts";
import { rowsOf, type Sample, type Samples } from "./proxy/rows.ts";
import { cpuMs, peakMb, type Server, startServers, stopServers } from "./proxy/servers.ts";
import { switchingRows } from "./proxy/switching.ts";
import { findTools } from "./proxy/tools.ts";
import { runLoad } from "./proxy/wrk.ts";

/** Rounds of each case, and seconds of each. */
const [rounds, seconds] = process.argv.includes("--quick") ? [5, 1] : [5, 3];

const folder = mkdtempSync(join(tmpdir(), "cutover-bench-"));
// nginx gives up root, and reads the files all the same.
chmodSync(folder, 0o755);
const tools = findTools();
const servers = await startServers(folder, tools);
try {
  const rows: Row[] = [];
  for (const tested of cases) {
    console.error(`${tested.name} …`);
    const samples: Samples = { origin: [], nginx: [], haproxy: [], cutover: [] };
    // What has to be compiled, opened or cached is so before the first round.
    for (const server of servers) await sample(server, tested);
    // Alternating, so that whatever else the machine does meets all of them alike.
    for (let round = 0; round < rounds; round += 1) {
      for (const server of servers) samples[server.name].push(await sample(server, tested));
    }
    rows.push(...rowsOf(tested, samples));
  }
  console.error("a switch every second …");
  const [cutover] = servers.filter(({ name }) => name === "cutover");
  if (cutover) rows.push(...(await switchingRows(folder, tools, cutover, rounds, seconds + 1)));
  process.exitCode = publish("proxy", rows) ? 0 : 1;
} finally {
  await stopServers(servers);
  rmSync(folder, { recursive: true, force: true });
}

async function sample(server: Server, tested: (typeof cases)[number]): Promise<Sample> {
  const before = cpuMs(server.pid);
  const url = `http://127.0.0.1:${server.port}${tested.path}`;
  const result = await runLoad(folder, tools, { ...tested.load, url, seconds });
  const cpuUsPerRequest = ((cpuMs(server.pid) - before) * 1_000) / result.requests;
  return { ...result, cpuUsPerRequest, peakMb: peakMb(server.pid) };
}
