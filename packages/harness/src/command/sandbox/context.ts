import { checkout } from "../../checkout.ts";
import { dockerAt } from "../../engine/ask.ts";
import { type Engine, findEngine } from "../../engine/ensure-engine.ts";
import { HarnessError } from "../../harness-error.ts";
import { attachSandbox } from "../../sandbox/attach.ts";
import { meantSandbox } from "../../sandbox/choose.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { surveySandboxes } from "../../sandbox/survey.ts";

/** What every verb is given. */
export interface SandboxCommand {
  /** The sandbox that was named with `--project`. */
  project: string | undefined;
  signal: AbortSignal;
}

/** Progress goes to standard error: standard output is for what was asked. */
export const say = (line: string) => console.error(line);

/**
 * Does something with the engine that is there, and lets go of it.
 *
 * @throws HarnessError `SANDBOX_GONE` when no engine answers: then no sandbox is up either.
 */
async function withEngine<T>({ signal }: SandboxCommand, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await findEngine({ env: process.env, say, signal });
  if (!engine) {
    throw new HarnessError("SANDBOX_GONE", {
      cause: "No Docker engine answers, so no sandbox is up",
      hint: "pnpm sandbox up",
    });
  }
  try {
    return await work(engine);
  } finally {
    await engine.release();
  }
}

/** Does something with the sandbox that is meant. */
export function withSandbox<T>(
  command: SandboxCommand,
  work: (sandbox: Sandbox, engine: Engine) => Promise<T>,
): Promise<T> {
  return withEngine(command, async (engine) => {
    const docker = dockerAt(engine.dockerHost);
    const { project } = meantSandbox(await surveySandboxes(docker), checkout, command.project);
    return work(await attachSandbox(docker, project), engine);
  });
}
