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
    return await runVitest({ project, reporter: "verbose", files, env: engine.env, signal });
  } finally {
    await engine.release();
  }
}

async function engineOrWhyNot(say: (line: string) => void, signal: AbortSignal): Promise<Engine | null> {
  try {
    return await ensureEngine({ env: process.env, say, signal });
  } catch (error) {
    if (!signal.aborted) for (const line of faultOf(error).lines) say(line);
    return null;
  }
}
