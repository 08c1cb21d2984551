import { join } from "node:path";
import { faultOf } from "../../packages/harness/src/command/fault.ts";
import { type Engine, ensureEngine } from "../../packages/harness/src/engine/ensure-engine.ts";
import { root, run } from "./command.ts";
import { type Counts, oneFailed } from "./counts.ts";
import { runVitest } from "./vitest.ts";

/** What a stage that needs Docker is given. */
interface IntegrationRun {
  project: "integration" | "proof";
  /** Only these test files; all when empty. */
  files: string[];
  say: (line: string) => void;
  signal: AbortSignal;
}

/** Brings a Docker engine and what the sandbox installs, then runs the tests that need them. */
export async function integration({ project, files, say, signal }: IntegrationRun): Promise<Counts> {
  const engine = await engineOrWhyNot(say, signal);
  if (engine === null) return oneFailed;
  try {
    say(`${project}: packing the tarballs that the deployer installs`);
    if (!(await run(process.execPath, [join(root, "scripts", "build.ts")], { signal }))) return oneFailed;
    const env = { ...engine.env, CUTOVER_TEST_WORKERS: String(workersFor(project, files)) };
    return await runVitest({ project, reporter: "verbose", files, env, signal });
  } finally {
    await engine.release();
  }
}

/** How many files run side by side, each on a sandbox of its own: one where somebody works on a test. */
function workersFor(project: IntegrationRun["project"], files: readonly string[]): number {
  const asked = Number(process.env["CUTOVER_TEST_WORKERS"]);
  if (asked > 0) return asked;
  const isAlone = process.env["CUTOVER_TEST_SANDBOX"] === "keep" || files.length === 1;
  return project === "proof" || isAlone ? 1 : 2;
}

async function engineOrWhyNot(say: (line: string) => void, signal: AbortSignal): Promise<Engine | null> {
  try {
    return await ensureEngine({ env: process.env, say, signal });
  } catch (error) {
    if (!signal.aborted) for (const line of faultOf(error).lines) say(line);
    return null;
  }
}
