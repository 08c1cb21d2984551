import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type Dockerode from "dockerode";
import { cacheFolder } from "../cache.ts";
import { checkout } from "../checkout.ts";
import { dockerAt } from "../engine/ask.ts";
import { HarnessError } from "../harness-error.ts";
import { ensureBaseImages } from "../images/base-images.ts";
import { ensureMachineImages } from "../images/machine-images.ts";
import { formatIdentity } from "../owner/identity.ts";
import { whileLocked } from "../owner/lock.ts";
import { identityOf, stateOfOwner, thisProcess } from "../owner/this-process.ts";
import { attachSandbox } from "./attach.ts";
import { composeUp } from "./compose.ts";
import { composeEnvironment, npmRegistry } from "./compose-environment.ts";
import { freeProjectName, projectName } from "./labels.ts";
import { removeSandbox } from "./remove.ts";
import type { Sandbox, SandboxOptions } from "./sandbox.ts";
import { orphans, surveySandboxes } from "./survey.ts";
import { ensureVolumes, removeForgottenVolumes } from "./volumes.ts";

/**
 * Starts a sandbox: removes what killed runs left, brings the images, and starts the machines.
 *
 * @throws HarnessError `PORT_TAKEN`, `DISK_FULL`, `IMAGE_FAILED`, `DOWNLOAD_FAILED`,
 *   `SANDBOX_FAILED`; the signal's reason when it was aborted. Nothing is left behind then.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { engine, signal } = options;
  const docker = dockerAt(engine.dockerHost);
  const cache = cacheFolder(engine.env);
  const say = (text: string) => options.onProgress({ type: "note", text });
  await mkdir(cache, { recursive: true });

  const project = await whileLocked(join(cache, "sandbox.lock"), signal, async () => {
    await removeOrphans(docker, say);
    const context = { docker, env: engine.env, cache, say, signal };
    const registry = npmRegistry(engine.env);
    await ensureBaseImages(context);
    const images = await ensureMachineImages(context);
    const chosen = await chooseProject(docker, options);
    await removeForgottenVolumes(docker);
    await ensureVolumes(docker, chosen);
    const env = composeEnvironment(engine, {
      owner: ownerLabel(options),
      images,
      port: options.port ?? 0,
      npmRegistry: await registry,
    });
    await startMachines(docker, chosen, env, options);
    return chosen;
  });
  return attachSandbox(docker, project);
}

async function removeOrphans(docker: Dockerode, say: (line: string) => void): Promise<void> {
  for (const { project } of orphans(await surveySandboxes(docker), stateOfOwner)) {
    say(`Removing the sandbox ${project}, whose process was killed`);
    await removeSandbox(docker, project);
  }
}

/** A kept sandbox is found again; one of a process is never shared. */
async function chooseProject(docker: Dockerode, { purpose, lifetime }: SandboxOptions): Promise<string> {
  const seen = await surveySandboxes(docker);
  const first = projectName(checkout, purpose, 1);
  const kept = seen.some(({ project, owner }) => project === first && owner === "");
  if (lifetime === "kept" && kept) return first;
  return freeProjectName(checkout, purpose, new Set(seen.map(({ project }) => project)));
}

async function startMachines(
  docker: Dockerode,
  project: string,
  env: Record<string, string>,
  { signal, onProgress }: SandboxOptions,
): Promise<void> {
  const starting = composeUp({ docker, project, env, onProgress, signal });
  try {
    await Promise.race([starting, aborted(signal)]);
  } catch (error) {
    await removeSandbox(docker, project);
    // Compose may still be at it: what it made after the first removal goes too.
    await Promise.allSettled([starting]);
    await removeSandbox(docker, project);
    throw error;
  }
}

function ownerLabel({ lifetime, ownerPid }: SandboxOptions): string {
  if (lifetime === "kept") return "";
  const owner = ownerPid === undefined ? thisProcess() : identityOf(ownerPid);
  if (owner) return formatIdentity(owner);
  throw new HarnessError("SANDBOX_FAILED", { cause: `The sandbox's owner, process ${ownerPid}, has ended` });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
