/** The exit codes a shell gives to a program ended by these signals. */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export interface Interrupt {
  /** Aborted by the first signal. */
  signal: AbortSignal;
  /** What to exit with when a signal came; null when none did. */
  exitCode(): number | null;
}

/**
 * Turns Ctrl-C and its kin into an abort, so that what is under way can clean up. A second signal
 * changes nothing: clean-up is bounded by itself, and cutting it short leaves containers running.
 */
export function interruptSignal(say: (line: string) => void): Interrupt {
  const controller = new AbortController();
  let code: number | null = null;
  for (const [name, exitCode] of Object.entries(exitCodes)) {
    process.on(name, () => {
      if (code !== null) return;
      code = exitCode;
      say(`${name}: cleaning up`);
      controller.abort(name);
    });
  }
  return { signal: controller.signal, exitCode: () => code };
}
