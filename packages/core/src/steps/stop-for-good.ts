import type Dockerode from "dockerode";
import { dockerStatus } from "../hosts/docker/docker-status.ts";

/** Stops a container: SIGTERM (or what its image says), and SIGKILL after the time-out. Gone or stopped is fine. */
async function stopAndWait(container: Dockerode.Container, timeoutMs: number): Promise<void> {
  try {
    await container.stop({ t: Math.ceil(timeoutMs / 1000) });
  } catch (error) {
    const status = dockerStatus(error);
    if (status !== 304 && status !== 404) throw error;
  }
}

/**
 * Stops a container that an engine which restarts must not start again. Gone or stopped is fine.
 *
 * @returns false when it was gone
 */
export async function stopForGood(container: Dockerode.Container, timeoutMs: number): Promise<boolean> {
  try {
    await container.update({ RestartPolicy: { Name: "no" } });
  } catch (error) {
    if (dockerStatus(error) === 404) return false;
    throw error;
  }
  await stopAndWait(container, timeoutMs);
  return true;
}
