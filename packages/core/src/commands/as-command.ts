import type { PhaseTime } from "../audit/entry.ts";
import { DeployError } from "../errors/index.ts";
import { stopped } from "../run/ending.ts";
import type { DeployEventBody } from "../steps/act.ts";
import type { CommandContext } from "./context.ts";

/** What a command tells about itself as soon as it is known. */
export interface CommandFacts {
  service: string;
  version: string | null;
  hosts: string[];
}

/** The events of one command. */
export interface Telling {
  started(facts: CommandFacts): void;
  /** The command's name. */
  readonly command: string;
  /** How long it has been at work, in milliseconds. */
  elapsedMs(): number;
  /** The phases that are over, in their order. */
  readonly phases: readonly PhaseTime[];
  emit(event: DeployEventBody): void;
}

/**
 * Runs a command between its first event and its last, so that each ends in the same way: with a
 * result and a sentence, or with one typed error.
 *
 * @param summary the sentence for a result
 * @param exitCode what a result ends the command with
 * @throws DeployError, whatever failed
 */
export async function asCommand<R>(
  name: string,
  context: CommandContext,
  body: (telling: Telling) => Promise<R>,
  summary: (result: R) => string,
  exitCode: (result: R) => number = () => 0,
): Promise<R> {
  const startedAt = context.clock.monotonic();
  const phases: PhaseTime[] = [];
  const elapsedMs = () => Math.round(context.clock.monotonic() - startedAt);
  const emit = (event: DeployEventBody) => {
    if (event.type === "phase.ended") phases.push({ phase: event.phase, ok: event.ok, ms: event.ms });
    context.events({ at: context.clock.now(), ...event });
  };
  const ended = (ok: boolean, code: number, text: string) => {
    const ms = elapsedMs();
    emit({ type: "command.ended", command: name, ok, exitCode: code, ms, summary: text });
  };
  try {
    const started = (facts: CommandFacts) => emit({ type: "command.started", command: name, ...facts });
    const result = await body({ started, command: name, elapsedMs, phases, emit });
    ended(true, exitCode(result), summary(result));
    return result;
  } catch (error) {
    const typed = asDeployError(error, context.signal);
    emit({ type: "error", error: typed.toJSON() });
    ended(false, typed.exitCode, typed.facts.cause);
    throw typed;
  }
}

function asDeployError(error: unknown, signal: AbortSignal): DeployError {
  if (error instanceof DeployError) return error;
  if (signal.aborted) return stopped(signal);
  const cause = error instanceof Error ? error.message : String(error);
  const details = error instanceof Error && error.stack !== undefined ? error.stack.split("\n").slice(1) : [];
  return new DeployError(
    "INTERNAL",
    { cause, details: details.map((line) => line.trim()) },
    { cause: error },
  );
}
