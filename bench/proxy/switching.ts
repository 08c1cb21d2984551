import { join } from "node:path";
import { ask } from "../../packages/proxy/src/control/client.ts";
import { median } from "../lib/median.ts";
import type { Row } from "../lib/row.ts";
import { originTarget, type Server } from "./servers.ts";
import type { Tools } from "./tools.ts";
import { type LoadResult, runLoad } from "./wrk.ts";

const name = "a switch every second";
const load = { connections: 64 };

/** What switching under load costs: the same load with and without it, one after the other. */
export async function switchingRows(
  folder: string,
  tools: Tools,
  server: Server,
  rounds: number,
  seconds: number,
): Promise<Row[]> {
  const url = `http://127.0.0.1:${server.port}/1k`;
  const run = () => runLoad(folder, tools, { ...load, url, seconds });
  const still: LoadResult[] = [];
  const switching: LoadResult[] = [];
  for (let round = 0; round < rounds; round += 1) {
    still.push(await run());
    switching.push(await whileSwitching(join(folder, "control.sock"), run));
  }
  const ratio = (figure: keyof LoadResult) =>
    median(switching.map((each) => each[figure])) / median(still.map((each) => each[figure]));
  const failed = switching.reduce((sum, each) => sum + each.failed, 0);
  return [
    row("throughput ÷ without", ratio("perSecond"), 0.97, "least"),
    row("p99.9 ÷ without", ratio("p999"), 1.5, "most"),
    row("failed requests", failed, 0, "most"),
  ];
}

async function whileSwitching(socket: string, run: () => Promise<LoadResult>): Promise<LoadResult> {
  const running = run();
  let ended = false;
  const end = running.finally(() => {
    ended = true;
  });
  while (!ended) {
    await switchOnce(socket);
    await Promise.race([end, new Promise((resolve) => setTimeout(resolve, 1_000))]);
  }
  return running;
}

let releases = 0;

async function switchOnce(socket: string): Promise<void> {
  releases += 1;
  const candidate = `switching-${process.pid}-${releases}`;
  const service = "bench";
  const prepared = { service, candidate, targets: [originTarget], options: { hosts: [] }, health: {} };
  await ask(socket, `${candidate}-p`, "prepare", { ...prepared, deadlineMs: 10_000, expiresMs: 60_000 });
  await ask(socket, `${candidate}-c`, "commit", { service, candidate, drainTimeoutMs: 10_000 });
}

function row(metric: string, value: number, target: number, kind: "least" | "most"): Row {
  const rounded = Number(value.toPrecision(3));
  const met = kind === "least" ? rounded >= target : rounded <= target;
  const common = {
    case: name,
    metric,
    unit: "×",
    value: rounded,
    against: null,
    ratio: null,
    target,
    met,
  } as const;
  return kind === "least" ? { ...common, atLeast: true } : common;
}
