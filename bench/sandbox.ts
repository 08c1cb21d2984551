/** `pnpm bench:sandbox`: how fast the sandbox and a deploy on it are, and how much memory a deploy takes. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { onSandboxes } from "./lib/bench-sandbox.ts";
import { publish } from "./lib/results.ts";
import { deployRows } from "./sandbox/deploys.ts";
import { machineRows, outerContainerRun } from "./sandbox/machines.ts";
import { prepareMeasuring } from "./sandbox/on-deployer.ts";
import { startUpRows } from "./sandbox/start-up.ts";

await onSandboxes(async ({ engine, start }) => {
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
});
