import { type Engine, ensureEngine } from "../../engine/ensure-engine.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { startSandbox } from "../../sandbox/start.ts";
import type { Interrupt } from "../interrupt.ts";
import { packTarballs } from "../pack.ts";
import type { DemoSink, DemoSummary } from "./event.ts";
import { keptLines } from "./kept.ts";
import type { DemoOptions } from "./options.ts";
import { playDemo } from "./story.ts";

/**
 * Brings what the demo needs, plays it, and leaves nothing running unless it was asked to.
 *
 * @returns what to exit with: 0 only if every promise held.
 * @throws HarnessError when the sandbox cannot be had.
 */
export async function runDemo(options: DemoOptions, emit: DemoSink, interrupt: Interrupt): Promise<number> {
  const { signal } = interrupt;
  const opened = new Opened();
  const playing = play(options, emit, signal, opened);
  let kept = false;
  try {
    const summary = await Promise.race([playing, rejectedWhenAborted(signal)]);
    kept = options.after === "keep";
    return summary.ok ? 0 : 1;
  } catch (error) {
    const exitCode = interrupt.exitCode();
    if (exitCode === null) throw error;
    return exitCode;
  } finally {
    if (kept && opened.sandbox !== null)
      for (const text of keptLines(opened.sandbox)) emit({ type: "note", text });
    if (!kept) await opened.close(playing);
  }
}

async function play(
  options: DemoOptions,
  emit: DemoSink,
  signal: AbortSignal,
  opened: Opened,
): Promise<DemoSummary> {
  const say = (text: string) => emit({ type: "note", text });
  const engine = await ensureEngine({ env: process.env, say, signal });
  opened.engine = engine;
  await packTarballs(say, signal);
  const startsSandbox = async () => {
    const sandbox = await startSandbox({
      engine,
      purpose: "demo",
      lifetime: options.after === "keep" ? "kept" : "process",
      onProgress: emit,
      signal,
    });
    opened.sandbox = sandbox;
    return sandbox;
  };
  return playDemo({ startSandbox: startsSandbox, emit, signal });
}

/** What the demo has opened so far and has to close again. */
class Opened {
  engine: Engine | null = null;
  sandbox: Sandbox | null = null;

  /** Takes the machines down, which ends what is still being played on them, then lets the engine go. */
  async close(playing: Promise<unknown>): Promise<void> {
    await this.takeDown();
    // An interrupted play ends by failing for want of its machines; why is known already.
    await Promise.allSettled([playing]);
    await this.takeDown();
    await this.engine?.release();
  }

  private async takeDown(): Promise<void> {
    const { sandbox } = this;
    this.sandbox = null;
    await sandbox?.down();
  }
}

function rejectedWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, fail) => {
    if (signal.aborted) fail(signal.reason);
    signal.addEventListener("abort", () => fail(signal.reason), { once: true });
  });
}
