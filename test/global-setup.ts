import type { TestProject } from "vitest/node";
import { interruptSignal } from "../packages/harness/src/command/interrupt.ts";
import { ensureEngine } from "../packages/harness/src/engine/ensure-engine.ts";
import type { Sandbox, SandboxProgress } from "../packages/harness/src/sandbox/sandbox.ts";
import { startSandbox } from "../packages/harness/src/sandbox/start.ts";
import type {} from "../packages/harness/src/vitest/worker-sandbox.ts";

const say = (line: string) => void process.stderr.write(`${line}\n`);

/**
 * A sandbox for each worker, taken down at the end however that comes. With `CUTOVER_TEST_SANDBOX=keep` there is
 * one, and it stays for the next run, which is the quick way to work on a test.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const lifetime = process.env["CUTOVER_TEST_SANDBOX"] === "keep" ? "kept" : "process";
  const interrupt = interruptSignal(say);
  const engine = await ensureEngine({ env: process.env, say, signal: interrupt.signal });
  const begun: Sandbox[] = [];
  const tearDown = async () => {
    if (lifetime === "process") await Promise.all(begun.map((sandbox) => sandbox.down()));
    await engine.release();
  };
  const begin = async (number: number) => {
    const onProgress = (progress: SandboxProgress) => tell(number, progress);
    const sandbox = await startSandbox({
      engine,
      purpose: "test",
      lifetime,
      onProgress,
      signal: interrupt.signal,
    });
    begun.push(sandbox);
    await sandbox.deployer.refresh();
    return sandbox.project;
  };
  const outcomes = await Promise.allSettled(
    Array.from({ length: project.config.maxWorkers }, (_, index) => begin(index + 1)),
  );
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed !== undefined) {
    await tearDown();
    throw failed.reason;
  }
  // vitest ends on a signal without asking its set-up to tidy.
  interrupt.signal.addEventListener("abort", () => {
    tearDown().finally(() => process.exit(interrupt.exitCode() ?? 1));
  });
  const projects = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  project.provide("sandboxes", { dockerHost: engine.dockerHost, projects });
  return tearDown;
}

function tell(number: number, progress: SandboxProgress): void {
  if (progress.type === "note") say(progress.text);
  else if (progress.state === "healthy")
    say(`sandbox ${number}: ${progress.part} is up after ${Math.round(progress.ms)} ms`);
}
