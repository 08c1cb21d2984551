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
  if (signal.aborted) return;
  let code: number | null;
  try {
    code = await Promise.race([exitCode(container, signal), unwanted(signal)]);
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  if (code !== null && !signal.aborted) await onExit(code);
}

async function exitCode(container: Dockerode.Container, signal: AbortSignal): Promise<number> {
  const ended: { StatusCode: number } = await container.wait({
    condition: "not-running",
    abortSignal: signal,
  });
  return ended.StatusCode;
}

/** Docker has sent its answer's head by then, and the client never says that the rest was called off. */
function unwanted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(null), { once: true }));
}
