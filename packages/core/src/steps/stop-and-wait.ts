import type Dockerode from "dockerode";
import { dockerStatus } from "./docker-status.ts";

/** Stops a container: SIGTERM (or what its image says), and SIGKILL after the time-out. Gone or stopped is fine. */
export async function stopAndWait(container: Dockerode.Container, timeoutMs: number): Promise<void> {
  try {
    await container.stop({ t: Math.ceil(timeoutMs / 1000) });
  } catch (error) {
    const status = dockerStatus(error);
    if (status !== 304 && status !== 404) throw error;
  }
}
