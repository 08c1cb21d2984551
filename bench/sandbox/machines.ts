import type { Sandbox } from "../../packages/harness/src/sandbox/sandbox.ts";
import { median } from "../lib/median.ts";
import { type Plain, type Row, rowOf } from "../lib/row.ts";
import { secondsOf } from "../lib/samples.ts";

const STARTS = 3;
const RESETS = 5;

/**
 * How long the sandbox takes to be all healthy from warm caches, and to be reset. Leaves the last
 * one up for what comes next.
 */
export async function machineRows(
  start: () => Promise<Sandbox>,
  plain: Plain,
): Promise<{ rows: Row[]; sandbox: Sandbox }> {
  // The first start may still have to build images; it warms the caches and is not counted.
  let sandbox = await start();
  const starts: number[] = [];
  for (let index = 0; index < STARTS; index += 1) {
    await sandbox.down();
    starts.push(
      ...(await secondsOf(1, async () => {
        sandbox = await start();
      })),
    );
  }
  const resets = await secondsOf(RESETS, () => sandbox.reset());
  const row = (case_: string, samples: number[], atMost: number) =>
    rowOf({ case: case_, metric: "time", unit: "s", samples, against: plain, atMost });
  return {
    rows: [
      row("sandbox from warm caches to all healthy", starts, 10),
      row("sandbox reset to clean VMs", resets, 5),
    ],
    sandbox,
  };
}

/** `docker run` of a container that does nothing, on the engine that carries the sandbox. */
export async function outerContainerRun(run: () => Promise<unknown>): Promise<Plain> {
  return { name: "docker run on the outer engine", value: median(await secondsOf(5, run)) };
}
