import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { dockerAt } from "../engine/ask.ts";
import { whileLocked } from "../owner/lock.ts";
import { attachSandbox } from "../sandbox/attach.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The sandbox that all integration tests of a run share, and the engine it runs on. */
    sandbox: { dockerHost: string; project: string };
  }
}

/** The turn of this file's tests on the shared machines, from its first use to its end. */
let turn: { begun: Promise<void>; end(): Promise<void> } | null = null;

afterAll(async () => {
  await turn?.end();
  turn = null;
});

/**
 * The sandbox that all integration tests of a run share. Files run side by side, so each waits here
 * until no other uses the machines, and keeps them to its end. They are as the file before left
 * them: bring them into the state you need, with `reset()` where that is no state at all.
 */
export async function sharedSandbox(): Promise<Sandbox> {
  const { dockerHost, project } = inject("sandbox");
  turn ??= waitForTurn(project);
  await turn.begun;
  return attachSandbox(dockerAt(dockerHost), project);
}

function waitForTurn(project: string): NonNullable<typeof turn> {
  const began = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  const file = join(tmpdir(), `${project}.turn`);
  const whole = whileLocked(file, new AbortController().signal, () => {
    began.resolve();
    return over.promise;
  });
  whole.catch(began.reject);
  const end = () => {
    over.resolve();
    return whole;
  };
  return { begun: began.promise, end };
}
