/** `pnpm bench:deploy`: how long deploys of every kind take, and what a fleet of two hundred hosts costs. */
import { interruptSignal } from "../packages/harness/src/command/interrupt.ts";
import { packTarballs } from "../packages/harness/src/command/pack.ts";
import { ensureEngine } from "../packages/harness/src/engine/ensure-engine.ts";
import { startSandbox } from "../packages/harness/src/sandbox/start.ts";
import { deployRows } from "./deploy/deploys.ts";
import { failureRows } from "./deploy/failures.ts";
import { simulatedRows } from "./deploy/simulated.ts";
import { publish } from "./lib/results.ts";
import { prepareMeasuring } from "./sandbox/on-deployer.ts";
import { startUpRows } from "./sandbox/start-up.ts";

const say = (line: string) => console.error(line);
const { signal } = interruptSignal(say);

const engine = await ensureEngine({ env: process.env, say, signal });
try {
  await packTarballs(say, signal);
  const sandbox = await startSandbox({
    engine,
    purpose: "bench",
    lifetime: "process",
    onProgress: (progress) => {
      if (progress.type === "note") say(progress.text);
    },
    signal,
  });
  try {
    await prepareMeasuring(sandbox);
    const rows = [
      ...(await startUpRows(sandbox)),
      ...(await deployRows(sandbox)),
      ...(await failureRows(sandbox)),
      ...(await simulatedRows()),
    ];
    process.exitCode = publish("deploy", rows) ? 0 : 1;
  } finally {
    await sandbox.down();
  }
} finally {
  await engine.release();
}
