import { inject } from "vitest";
import { dockerAt } from "../engine/ask.ts";
import { attachSandbox } from "../sandbox/attach.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The sandbox that all integration tests of a run share, and the engine it runs on. */
    sandbox: { dockerHost: string; project: string };
  }
}

/**
 * The sandbox that all integration tests of a run share. It is as the test before left it: bring it
 * into the state you need, with `reset()` where that is no state at all.
 */
export function sharedSandbox(): Promise<Sandbox> {
  const { dockerHost, project } = inject("sandbox");
  return attachSandbox(dockerAt(dockerHost), project);
}
