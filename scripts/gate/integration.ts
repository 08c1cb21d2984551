import { join } from "node:path";
import { root, run } from "./command.ts";
import { type Counts, oneFailed } from "./counts.ts";
import { runVitest } from "./vitest.ts";

/** What the integration stage is given. */
interface IntegrationRun {
  /** Only these test files; all when empty. */
  files: string[];
  say: (line: string) => void;
  signal: AbortSignal;
}

/** Builds what the sandbox installs, then runs the tests that need Docker. */
export async function integration({ files, say, signal }: IntegrationRun): Promise<Counts> {
  say("integration: packing the tarballs that the deployer installs");
  const built = await run(process.execPath, [join(root, "scripts", "build.ts")], { signal });
  if (!built) return oneFailed;
  return runVitest({ project: "integration", reporter: "verbose", files, env: process.env, signal });
}
