import type { TestProject } from "vitest/node";
import { interruptSignal } from "../packages/harness/src/command/interrupt.ts";
import { ensureEngine } from "../packages/harness/src/engine/ensure-engine.ts";
import type { Sandbox, SandboxProgress } from "../packages/harness/src/sandbox/sandbox.ts";
import { startSandbox } from "../packages/harness/src/sandbox/start.ts";
import type {} from "../packages/harness/src/vitest/shared-sandbox.ts";

const say = (line: string) => void process.stderr.write(`${line}\n`);

/**
 * One sandbox for the whole run, taken down at its end however it ends. With
 * `CUTOVER_TEST_SANDBOX=keep` it stays for the next run, which is the quick way to work on a test.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const lifetime = process.env["CUTOVER_TEST_SANDBOX"] === "keep" ? "kept" : "process";
  const interrupt = interruptSignal(say);
  const engine = await ensureEngine({ env: process.env, say, signal: interrupt.signal });
  let sandbox: Sandbox | null = null;
  const tearDown = async () => {
    if (lifetime === "process") await sandbox?.down();
    await engine.release();
  };
  try {
    sandbox = await startSandbox({
      engine,
      purpose: "test",
      lifetime,
      onProgress: tell,
      signal: interrupt.signal,
    });
    await sandbox.deployer.refresh();
  } catch (error) {
    await tearDown();
    throw error;
  }
  // vitest ends on a signal without asking its set-up to tidy.
  interrupt.signal.addEventListener("abort", () => {
    tearDown().finally(() => process.exit(interrupt.exitCode() ?? 1));
  });
  project.provide("sandbox", { dockerHost: engine.dockerHost, project: sandbox.project });
  return tearDown;
}

function tell(progress: SandboxProgress): void {
  if (progress.type === "note") say(progress.text);
  else if (progress.state === "healthy") say(`${progress.part} is up after ${Math.round(progress.ms)} ms`);
}
