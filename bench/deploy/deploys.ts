import { commitHello } from "../../packages/harness/src/apps/hello.ts";
import { DEFAULT_APP, type Sandbox } from "../../packages/harness/src/sandbox/sandbox.ts";
import { median } from "../lib/median.ts";
import { type Plain, type Row, rowOf } from "../lib/row.ts";
import { buildMsOf } from "../sandbox/build-share.ts";
import { type MeasuredCommand, measured, measuredOften } from "../sandbox/on-deployer.ts";
import { floorOf } from "./floor.ts";

/** Not more than are kept of old releases, since each rollback goes one further back. */
const RUNS = 5;
const UNDER_LOAD = 3;
/** Requests a second that a deploy under load is measured with. */
const LOAD = 300;

/** Deploys of every kind, on two VMs and on one. */
export async function deployRows(sandbox: Sandbox): Promise<Row[]> {
  await measured(sandbox, "deploy setup --json");
  const image = await appImage(sandbox);
  const plain = await containerRun(sandbox, image);
  const floor = await floorOf(sandbox, image);
  const row = (case_: string, runs: readonly MeasuredCommand[], atMost?: number) =>
    rowOf({
      case: case_,
      metric: "time",
      unit: "s",
      samples: runs.map(({ ms }) => ms / 1000),
      against: plain,
      ...(atMost === undefined ? {} : { atMost }),
    });

  const idle = await changed(sandbox, RUNS, "idle");
  const { runs: loaded, failed } = await underLoad(sandbox);
  const pushed = await twoVersions(sandbox);
  const skipping: MeasuredCommand[] = [];
  for (let index = 0; index < RUNS; index += 1)
    skipping.push(await measured(sandbox, `deploy -P --version ${pushed[index % 2]} --json`));
  const rollbacks = await measuredOften(sandbox, RUNS, "deploy rollback --json");
  await measured(sandbox, "deploy --json");
  const unchanged = await measuredOften(sandbox, RUNS, "deploy --json");
  const plans = await measuredOften(sandbox, RUNS, "deploy plan --json");
  await sandbox.deployer.run("sed -i '/- vm2/d' config/deploy.yml", { cwd: DEFAULT_APP });
  const alone = await changed(sandbox, UNDER_LOAD, "alone");
  return [
    rowOf({
      case: "the app's container started, answering and stopped by hand, two VMs at once",
      metric: "time",
      unit: "s",
      samples: [floor.value],
    }),
    row("deploy of a changed app, two VMs, idle", idle, 3.8),
    rowOf({
      case: "deploy of a changed app, two VMs, idle",
      metric: "own steps (all but build and push)",
      unit: "s",
      samples: idle.map(({ ms, output }) => (ms - buildMsOf(output)) / 1000),
      against: floor,
      atMost: 1.5,
    }),
    rowOf({
      case: "deploy of a changed app, two VMs, idle",
      metric: "peak memory",
      unit: "MB",
      samples: idle.map(({ peakKb }) => peakKb / 1024),
      atMost: 120,
    }),
    row("deploy of a changed app, one VM, idle", alone),
    row(`deploy of a changed app, two VMs, ${LOAD} requests a second`, loaded, 6),
    rowOf({
      case: `deploy of a changed app, two VMs, ${LOAD} requests a second`,
      metric: "requests failed",
      unit: "%",
      samples: [failed],
      atMost: 0,
    }),
    row("deploy with nothing to build, two VMs", skipping, 1.8),
    rowOf({
      case: "deploy rollback, two VMs",
      metric: "time",
      unit: "s",
      samples: rollbacks.map(({ ms }) => ms / 1000),
      against: floor,
      atMost: 0.9,
    }),
    row("deploy with nothing changed, two VMs", unchanged, 0.6),
    row("deploy plan, two VMs", plans, 0.5),
    rowOf({
      case: "atomic switch of two VMs",
      metric: "first command sent to last answer",
      unit: "ms",
      samples: [...idle, ...skipping, ...rollbacks].map(spreadOf),
      atMost: 30,
    }),
  ];
}

async function changed(sandbox: Sandbox, times: number, name: string): Promise<MeasuredCommand[]> {
  const runs: MeasuredCommand[] = [];
  for (let index = 0; index < times; index += 1) {
    await commitHello(sandbox.deployer, { version: `${name}-${index}` });
    runs.push(await measured(sandbox, "deploy --json"));
  }
  return runs;
}

async function underLoad(sandbox: Sandbox): Promise<{ runs: MeasuredCommand[]; failed: number }> {
  const traffic = sandbox.traffic.start({ perSecond: LOAD });
  await traffic.answers(LOAD);
  const runs = await changed(sandbox, UNDER_LOAD, "loaded");
  const { sent, failed } = await traffic.stop();
  return { runs, failed: (failed / sent) * 100 };
}

/** Two versions that the registry has and that differ. */
async function twoVersions(sandbox: Sandbox): Promise<[string, string]> {
  const first = await commitHello(sandbox.deployer, { version: "first" });
  await measured(sandbox, "deploy --json");
  const second = await commitHello(sandbox.deployer, { version: "second" });
  await measured(sandbox, "deploy --json");
  return [first, second];
}

/** The image of the app that serves on the VMs. */
async function appImage(sandbox: Sandbox): Promise<string> {
  const containers = await sandbox.vm(1).containers();
  const serving = containers.find(({ image }) => image.includes("/hello"));
  if (serving === undefined) throw new Error("no container of the app serves");
  return serving.image;
}

/** `docker run` of a container that does nothing, on a VM, from an image that is there. */
async function containerRun(sandbox: Sandbox, image: string): Promise<Plain> {
  const runs = await measuredOften(sandbox, 3, `ssh vm1 docker run --rm ${image} true`);
  return { name: "docker run over ssh", value: median(runs.map(({ ms }) => ms / 1000)) };
}

/** The spread of the switch, out of what `deploy --json` printed. */
function spreadOf({ output }: MeasuredCommand): number {
  for (const line of output.trim().split("\n").reverse()) {
    const event = JSON.parse(line) as { type: string; result?: { spreadMs: number } };
    if (event.type === "result" && event.result !== undefined) return event.result.spreadMs;
  }
  throw new Error("deploy --json printed no result");
}
