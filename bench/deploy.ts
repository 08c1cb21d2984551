/** `pnpm bench:deploy`: how long deploys of every kind take, and what a fleet of two hundred hosts costs. */
import { deployRows } from "./deploy/deploys.ts";
import { failureRows } from "./deploy/failures.ts";
import { simulatedRows } from "./deploy/simulated.ts";
import { onSandboxes } from "./lib/bench-sandbox.ts";
import { publish } from "./lib/results.ts";
import { prepareMeasuring } from "./sandbox/on-deployer.ts";
import { startUpRows } from "./sandbox/start-up.ts";

await onSandboxes(async ({ start }) => {
  const sandbox = await start();
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
});
