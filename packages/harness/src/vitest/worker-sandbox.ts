import { inject } from "vitest";
import { dockerAt } from "../engine/ask.ts";
import { attachSandbox } from "../sandbox/attach.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The sandboxes of a run, one for each worker, and the engine that they run on. */
    sandboxes: { dockerHost: string; projects: string[] };
  }
}

/** The engine, and the Compose project of the sandbox that this worker's files have to themselves, one after another. */
export function placeOfSandbox(): { dockerHost: string; project: string } {
  const { dockerHost, projects } = inject("sandboxes");
  // vitest counts the places that files may run in at a time, from 1.
  const project = projects[Number(process.env["VITEST_POOL_ID"]) - 1];
  if (project === undefined) throw new RangeError("there are more workers than sandboxes");
  return { dockerHost, project };
}

/**
 * The sandbox of this worker. Its machines are as the file before left them: bring them into the state
 * you need, with `reset()` where that is no state at all.
 */
export function workerSandbox(): Promise<Sandbox> {
  const { dockerHost, project } = placeOfSandbox();
  return attachSandbox(dockerAt(dockerHost), project);
}
