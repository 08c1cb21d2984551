import type { Sandbox } from "../../packages/harness/src/sandbox/sandbox.ts";
import { median } from "../lib/median.ts";
import { type Row, rowOf } from "../lib/row.ts";
import { measuredOften } from "./on-deployer.ts";

const RUNS = 11;

/** How long the command takes to start, its files being in the page cache. */
export async function startUpRows(sandbox: Sandbox): Promise<Row[]> {
  const secondsOf = async (command: string) =>
    (await measuredOften(sandbox, RUNS, command)).map((run) => run.ms / 1000);
  const against = { name: "node -e 0", value: median(await secondsOf("node -e 0")) };
  const row = async (command: string) =>
    rowOf({
      case: command,
      metric: "time",
      unit: "s",
      samples: await secondsOf(command),
      against,
      atMost: 0.15,
    });
  return [await row("deploy version"), await row("deploy --help")];
}
