import type Dockerode from "dockerode";
import { HarnessError } from "../harness-error.ts";

const PROJECT_LABEL = "com.docker.compose.project";

/** Somebody else removes it at the same moment, or has done so: what was wanted is the case. */
const goneAnyway = new Set([404, 409]);

/**
 * Removes the machines of a sandbox and their network. Its named volumes stay: they are what makes
 * the next start fast. `docker compose down` would ask each machine to stop first and wait.
 *
 * @throws HarnessError `SANDBOX_FAILED` when the engine refuses.
 */
export async function removeSandbox(docker: Dockerode, project: string): Promise<void> {
  const filters = { label: [`${PROJECT_LABEL}=${project}`] };
  try {
    const containers = await docker.listContainers({ all: true, filters });
    await Promise.all(
      containers.map(({ Id }) => unlessGone(docker.getContainer(Id).remove({ force: true, v: true }))),
    );
    const networks = await docker.listNetworks({ filters });
    await Promise.all(networks.map(({ Id }) => unlessGone(docker.getNetwork(Id).remove())));
  } catch (error) {
    throw new HarnessError(
      "SANDBOX_FAILED",
      {
        cause: `The sandbox ${project} could not be removed: ${error instanceof Error ? error.message : error}`,
        hint: "The next run removes what is left.",
      },
      { cause: error },
    );
  }
}

async function unlessGone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!goneAnyway.has((error as { statusCode?: number }).statusCode ?? 0)) throw error;
  }
}
