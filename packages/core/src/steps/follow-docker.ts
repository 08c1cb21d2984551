import type Dockerode from "dockerode";

/** A line of what Docker says while it pulls or loads. */
export interface DockerProgress {
  status?: string;
  id?: string;
  error?: string;
  progressDetail?: { total?: number };
}

/**
 * Follows a pull or load to its end. Docker answers 200 before it begins, and says in the stream
 * whether it failed.
 *
 * @throws Error with Docker's sentence; the signal's reason when it is aborted
 */
export function followDocker(
  docker: Dockerode,
  stream: NodeJS.ReadableStream,
  signal: AbortSignal,
  onProgress: (progress: DockerProgress) => void = () => undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      if ("destroy" in stream && typeof stream.destroy === "function") stream.destroy();
      reject(signal.reason);
    };
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    let failure: string | null = null;
    docker.modem.followProgress(
      stream,
      (error: Error | null) => {
        signal.removeEventListener("abort", stop);
        if (error !== null) reject(error);
        else if (failure !== null) reject(new Error(failure));
        else resolve();
      },
      // dockerode calls a stream that ended a success, whatever was said in it.
      (progress: DockerProgress) => {
        failure = progress.error ?? failure;
        onProgress(progress);
      },
    );
  });
}
