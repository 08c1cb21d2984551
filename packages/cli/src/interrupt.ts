import type { Signals } from "./surroundings.ts";

/** What a command does when the user or the system wants it to end. */
export interface Interruption {
  /** Aborted by the first signal; its reason is `SIGINT` or `SIGTERM`. */
  signal: AbortSignal;
  /** Ends the command as if the system had asked for it. */
  end(reason: "SIGINT" | "SIGTERM"): void;
  /** Stops listening. */
  dispose(): void;
}

/** A closed terminal asks for the same as SIGTERM: end in good order, nobody is looking. */
const meanings = { SIGINT: "SIGINT", SIGTERM: "SIGTERM", SIGHUP: "SIGTERM" } as const;

/** The exit code that shells give a command ended by a signal. */
export const signalExitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Turns signals into an abort. The first asks the command to finish or undo what it is doing;
 * the second ends it where it stands.
 *
 * @param first told the first signal
 * @param second told the second one; it should not return
 */
export function interruption(
  signals: Signals,
  first: (reason: "SIGINT" | "SIGTERM") => void,
  second: (reason: "SIGINT" | "SIGTERM") => void,
): Interruption {
  const controller = new AbortController();
  const listeners = Object.entries(meanings).map(([signal, reason]) => {
    const listener = () => {
      if (controller.signal.aborted) return second(reason);
      controller.abort(reason);
      first(reason);
    };
    signals.on(signal as NodeJS.Signals, listener);
    return { signal: signal as NodeJS.Signals, listener };
  });
  return {
    signal: controller.signal,
    end: (reason) => controller.abort(reason),
    dispose: () => {
      for (const { signal, listener } of listeners) signals.off(signal, listener);
    },
  };
}
