import type { Telling } from "./as-command.ts";
import type { Clock } from "./context.ts";

/**
 * Tells a piece of work that is no part of a plan as a phase of its own.
 *
 * @param hosts those it is about; empty for this machine
 */
export async function asPhase<R>(
  name: string,
  title: string,
  hosts: readonly string[],
  { emit }: Telling,
  clock: Clock,
  work: () => Promise<R>,
): Promise<R> {
  const startedAt = clock.monotonic();
  const ended = (ok: boolean) =>
    emit({ type: "phase.ended", phase: name, ok, ms: Math.round(clock.monotonic() - startedAt) });
  emit({ type: "phase.started", phase: name, title, hosts: [...hosts] });
  try {
    const result = await work();
    ended(true);
    return result;
  } catch (error) {
    ended(false);
    throw error;
  }
}
