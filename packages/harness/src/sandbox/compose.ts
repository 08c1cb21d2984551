import type Dockerode from "dockerode";
import { DockerComposeEnvironment, PullPolicy } from "testcontainers";
import { checkout } from "../checkout.ts";
import { HarnessError } from "../harness-error.ts";
import { explainStart } from "./explain-start.ts";
import { portHolder } from "./port-holder.ts";
import { PARTS, type SandboxProgress } from "./sandbox.ts";
import { SaysReady } from "./says-ready.ts";

/** A machine that has not come up by then never will. */
const READY_TIMEOUT_MS = 120_000;

/** What the machines of a sandbox are started with. */
export interface ComposeStart {
  docker: Dockerode;
  project: string;
  /** For `docker-compose.yml`, and for the docker command itself. */
  env: Record<string, string>;
  onProgress: (progress: SandboxProgress) => void;
  signal: AbortSignal;
}

/**
 * Starts the machines of `docker-compose.yml` and waits until each says that it is ready.
 *
 * @throws HarnessError `PORT_TAKEN`, `DISK_FULL`, or `SANDBOX_FAILED` with the machine and its log.
 */
export async function composeUp(start: ComposeStart): Promise<void> {
  const startedAt = performance.now();
  const { onProgress } = start;
  // testcontainers learns where the engine is, and that there is no reaper to pull, only from here.
  process.env["DOCKER_HOST"] = start.env["DOCKER_HOST"];
  process.env["TESTCONTAINERS_RYUK_DISABLED"] = "true";
  const environment = new DockerComposeEnvironment(checkout, [
    "docker-compose.yml",
    "harness/compose.persistent.yml",
  ])
    .withProjectName(start.project)
    .withEnvironment(start.env)
    .withAutoCleanup(false)
    .withPullPolicy(PullPolicy.neverPull());

  const waits = PARTS.map((part) => {
    const at = () => performance.now() - startedAt;
    onProgress({ type: "part", part, state: "starting", ms: at() });
    const wait = new SaysReady(READY_TIMEOUT_MS, () =>
      onProgress({ type: "part", part, state: "healthy", ms: at() }),
    );
    environment.withWaitStrategy(`${part}-1`, wait);
    return { part, wait };
  });

  try {
    await environment.up();
  } catch (error) {
    start.signal.throwIfAborted();
    const said = error instanceof Error ? error.message : String(error);
    throw await explainStart(said, (port) => portHolder(start.docker, port));
  }
  for (const { part, wait } of waits) {
    if (wait.failure === null) continue;
    throw new HarnessError("SANDBOX_FAILED", {
      cause: `${part} did not come up: ${wait.failure.cause}`,
      details: wait.failure.log,
    });
  }
}
