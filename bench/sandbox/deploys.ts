import { commitHello } from "../../packages/harness/src/apps/hello.ts";
import type { Sandbox } from "../../packages/harness/src/sandbox/sandbox.ts";
import { median } from "../lib/median.ts";
import { type Plain, type Row, rowOf } from "../lib/row.ts";
import { buildMsOf } from "./build-share.ts";
import { type MeasuredCommand, measured, measuredOften } from "./on-deployer.ts";

const DEPLOYS = 7;
/** As many as are kept of old releases, since each goes one further back. */
const ROLLBACKS = 5;

/** Deploys of a changed app and rollbacks, on two VMs that have nothing else to do. */
export async function deployRows(sandbox: Sandbox): Promise<Row[]> {
  await measured(sandbox, "deploy setup --json");
  const plain = await containerRun(sandbox);

  const deploys: MeasuredCommand[] = [];
  for (let index = 0; index < DEPLOYS; index += 1) {
    await commitHello(sandbox.deployer, { version: String(index + 2) });
    deploys.push(await measured(sandbox, "deploy --json"));
  }
  const rollbacks = await measuredOften(sandbox, ROLLBACKS, "deploy rollback --json");

  const idle = "deploy of a changed app, two VMs, idle";
  return [
    rowOf({
      case: idle,
      metric: "time",
      unit: "s",
      samples: deploys.map(seconds),
      against: plain,
      atMost: 4,
    }),
    rowOf({
      case: idle,
      metric: "own steps (all but build and push)",
      unit: "s",
      samples: deploys.map((deploy) => (deploy.ms - buildMsOf(deploy.output)) / 1000),
      against: plain,
      atMost: 1.5,
    }),
    rowOf({
      case: idle,
      metric: "peak memory",
      unit: "MB",
      samples: deploys.map((deploy) => deploy.peakKb / 1024),
      against: await emptyNodeMemory(sandbox),
      atMost: 120,
    }),
    rowOf({
      case: "deploy rollback, two VMs, idle",
      metric: "time",
      unit: "s",
      samples: rollbacks.map(seconds),
      against: plain,
      atMost: 1.2,
    }),
  ];
}

/** `docker run` of a container that does nothing, on a VM, from an image that is there. */
async function containerRun(sandbox: Sandbox): Promise<Plain> {
  const [image = ""] = (await sandbox.vm(1).containers())
    .filter((container) => container.image.includes("/hello"))
    .map((container) => container.image);
  const runs = await measuredOften(sandbox, 5, `ssh vm1 docker run --rm ${image} true`);
  return { name: "docker run over ssh", value: median(runs.map(seconds)) };
}

async function emptyNodeMemory(sandbox: Sandbox): Promise<Plain> {
  // Long enough to be seen by the measuring, and nothing else.
  const runs = await measuredOften(sandbox, 3, "node -e 'setTimeout(Boolean, 200)'");
  return { name: "node doing nothing", value: median(runs.map((run) => run.peakKb / 1024)) };
}

const seconds = (run: MeasuredCommand) => run.ms / 1000;
