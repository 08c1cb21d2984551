import type Dockerode from "dockerode";

/**
 * Calls back when a container has exited, at once if it has already. Docker keeps the question open
 * until then, so the answer comes within milliseconds of the exit.
 *
 * @param signal aborted when nobody wants to know any more; then the promise resolves
 */
export async function whenExited(
  container: Dockerode.Container,
  signal: AbortSignal,
  onExit: (code: number) => Promise<void>,
): Promise<void> {
  let code: number;
  try {
    const ended: { StatusCode: number } = await container.wait({
      condition: "not-running",
      abortSignal: signal,
    });
    code = ended.StatusCode;
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  if (!signal.aborted) await onExit(code);
}
