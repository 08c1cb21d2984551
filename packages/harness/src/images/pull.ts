import type Dockerode from "dockerode";

/**
 * How long a public registry may take until it names the first layer. One that is there needs a
 * second; where there is none, an engine may try for minutes.
 */
const FIRST_WORD_TIMEOUT_MS = 6000;

/** A layer's download, as the engine tells it. */
interface PullEvent {
  status?: string;
  error?: string;
}

/** Whether the engine has an image of that name. */
export async function hasImage(docker: Dockerode, name: string): Promise<boolean> {
  try {
    await docker.getImage(name).inspect();
    return true;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}

/**
 * Pulls an image from the public registry if that answers quickly.
 *
 * @returns whether the engine has the image now.
 */
export async function pulledQuickly(docker: Dockerode, name: string, signal: AbortSignal): Promise<boolean> {
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), FIRST_WORD_TIMEOUT_MS);
  const abortSignal = AbortSignal.any([signal, impatience.signal]);
  try {
    const stream = await docker.pull(name, { abortSignal });
    await new Promise<void>((resolve, reject) => {
      abortSignal.addEventListener("abort", () => (stream as unknown as { destroy(): void }).destroy());
      docker.modem.followProgress(
        stream,
        (error) => (error ? reject(error) : resolve()),
        (event: PullEvent) => {
          if (event.status?.startsWith("Pulling")) clearTimeout(timer);
        },
      );
    });
    return await hasImage(docker, name);
  } catch {
    signal.throwIfAborted();
    // Why it cannot be pulled does not matter: the image is made here instead.
    return false;
  } finally {
    clearTimeout(timer);
  }
}
