import { median } from "../lib/median.ts";
import type { Row } from "../lib/row.ts";
import { keptAlive } from "./cases.ts";
import { type CutoverUnderTest, originTarget } from "./cutover.ts";
import { type LoadEdge, type LoadResult, runLoad } from "./load.ts";
import { boundRow } from "./rows.ts";

const name = "a switch every second";
/** A service of its own; the load asks for its host. */
const service = "switching";
const load = { ...keptAlive.load, script: `wrk.headers["Host"] = "${service}.example.com"\n` };

/** What switching under load costs: the same load with and without it, one after the other. */
export async function switchingRows(
  edge: LoadEdge,
  cutover: CutoverUnderTest,
  rounds: number,
  seconds: number,
): Promise<Row[]> {
  await switchOnce(cutover);
  const run = () => runLoad(edge, "cutover", load, seconds);
  const still: LoadResult[] = [];
  const switching: LoadResult[] = [];
  for (let round = 0; round < rounds; round += 1) {
    still.push(await run());
    switching.push(await whileSwitching(cutover, run));
  }
  const ratio = (figure: keyof LoadResult) =>
    median(switching.map((each) => each[figure])) / median(still.map((each) => each[figure]));
  const failed = switching.reduce((sum, each) => sum + each.failed, 0);
  return [
    boundRow(name, "throughput ÷ without", "×", ratio("perSecond"), 0.97, "least"),
    boundRow(name, "p99.9 ÷ without", "×", ratio("p999"), 1.5, "most"),
    boundRow(name, "failed requests", "×", failed, 0, "most"),
  ];
}

async function whileSwitching(
  cutover: CutoverUnderTest,
  run: () => Promise<LoadResult>,
): Promise<LoadResult> {
  const running = run();
  let ended = false;
  const end = running.finally(() => {
    ended = true;
  });
  while (!ended) {
    await switchOnce(cutover);
    await Promise.race([end, new Promise((resolve) => setTimeout(resolve, 1_000))]);
  }
  return running;
}

let releases = 0;

async function switchOnce(cutover: CutoverUnderTest): Promise<void> {
  releases += 1;
  await cutover.deploy(service, `release-${releases}`, originTarget, { hosts: [`${service}.example.com`] });
}
