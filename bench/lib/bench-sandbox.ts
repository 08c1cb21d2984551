import { interruptSignal } from "../../packages/harness/src/command/interrupt.ts";
import { packTarballs } from "../../packages/harness/src/command/pack.ts";
import { type Engine, ensureEngine } from "../../packages/harness/src/engine/ensure-engine.ts";
import type { Sandbox } from "../../packages/harness/src/sandbox/sandbox.ts";
import { startSandbox } from "../../packages/harness/src/sandbox/start.ts";

/** What a benchmark on sandboxes is given. */
export interface BenchGround {
  engine: Engine;
  /** Starts a sandbox of the bench's own, with the command as it is packed now. It goes with this process. */
  start(): Promise<Sandbox>;
}

/**
 * Has an engine and a packed command ready for a benchmark, and lets the engine go when it is over.
 * Progress goes to standard error; Ctrl-C ends what is being started.
 */
export async function onSandboxes<R>(work: (ground: BenchGround) => Promise<R>): Promise<R> {
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
    return await work({ engine, start });
  } finally {
    await engine.release();
  }
}
