/**
 * A process of its own that starts a sandbox, writes a line on standard output for each machine that is
 * up, and waits to be killed. For the tests of what such a process leaves behind.
 */
import { ensureEngine } from "../../engine/ensure-engine.ts";
import { startSandbox } from "../start.ts";

const { signal } = new AbortController();
const engine = await ensureEngine({ env: process.env, say: () => {}, signal });
await startSandbox({
  engine,
  purpose: "bench",
  lifetime: "process",
  onProgress: (progress) => {
    if (progress.type === "part" && progress.state === "healthy") process.stdout.write(`${progress.part}\n`);
  },
  signal,
});
setInterval(() => {}, 60_000);
