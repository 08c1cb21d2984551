/** `pnpm bench:sandbox`: how fast the sandbox and a deploy on it are, and how much memory a deploy takes. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { interruptSignal } from "../packages/harness/src/command/interrupt.ts";
import { packTarballs } from "../packages/harness/src/command/pack.ts";
import { ensureEngine } from "../packages/harness/src/engine/ensure-engine.ts";
import { startSandbox } from "../packages/harness/src/sandbox/start.ts";
import { publish } from "./lib/results.ts";
import { deployRows } from "./sandbox/deploys.ts";
import { machineRows, outerContainerRun } from "./sandbox/machines.ts";
import { prepareMeasuring } from "./sandbox/on-deployer.ts";
import { startUpRows } from "./sandbox/start-up.ts";

const say = (line: string) => console.error(line);
const { signal } = interruptSignal(say);

const engine = await ensureEngine({ env: process.env, say, signal });
try {
  await packTarballs(say, signal);
  const start = () =>
    startSandbox({
      engine,
      purpose: "bench",
      lifetime: "process",
      onProgress: (progress) => {
        if (progress.type === "note") say(progress.text);
      },
      signal,
    });
  const plain = await outerContainerRun(() =>
    promisify(execFile)("docker", ["run", "--rm", "debian:trixie-slim", "true"], { env: engine.env }),
  );
  const machines = await machineRows(start, plain);
  try {
    const { sandbox } = machines;
    await prepareMeasuring(sandbox);
    const rows = [...machines.rows, ...(await deployRows(sandbox)), ...(await startUpRows(sandbox))];
    process.exitCode = publish("sandbox", rows) ? 0 : 1;
  } finally {
    await machines.sandbox.down();
  }
} finally {
  await engine.release();
}
