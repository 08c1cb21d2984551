/**
 * A process of its own that starts a sandbox, writes its project on standard output and waits to be
 * killed. For the tests of what such a process leaves behind.
 */
import { ensureEngine } from "../../engine/ensure-engine.ts";
import { startSandbox } from "../start.ts";

const { signal } = new AbortController();
const engine = await ensureEngine({ env: process.env, say: () => {}, signal });
const sandbox = await startSandbox({
  engine,
  purpose: "bench",
  lifetime: "process",
  onProgress: () => {},
  signal,
});
process.stdout.write(`${sandbox.project}\n`);
setInterval(() => {}, 60_000);
