import { join } from "node:path";
import { HarnessError } from "../harness-error.ts";
import { command } from "../process/command.ts";
import type { EngineFolders } from "./folders.ts";
import { toolPackages } from "./package-plan.ts";
import { type Unpacked, unpackedPackages } from "./packages.ts";
import { readSystem } from "./probe.ts";
import { programEnvironment } from "./programs.ts";

/**
 * An environment in which `docker compose` and `docker buildx` work: the given one where they do
 * already, else one with Debian's, fetched and unpacked beside the system.
 *
 * @throws HarnessError `ENGINE_MISSING` where they are missing and cannot be fetched.
 */
export async function toolEnvironment(
  folders: EngineFolders,
  context: { env: NodeJS.ProcessEnv; say: (line: string) => void; signal: AbortSignal },
): Promise<NodeJS.ProcessEnv> {
  const { env, signal } = context;
  const works = async (plugin: string) =>
    (await command("docker", [plugin, "version"], { env, signal })).exitCode === 0;
  if ((await Promise.all([works("compose"), works("buildx")])).every(Boolean)) return env;

  const system = process.platform === "linux" ? await readSystem() : null;
  const plan = system && toolPackages(system);
  if (!system || !plan) {
    throw new HarnessError("ENGINE_MISSING", {
      cause: "A Docker engine answers, but the docker command lacks its plugins compose or buildx",
      hint: "Install the packages docker-compose-plugin and docker-buildx-plugin.",
    });
  }
  const environment = (unpacked: Unpacked) =>
    programEnvironment(unpacked, join(folders.root, "tools"), context.env);
  return (await unpackedPackages(folders.packages, { system, plan, environment }, context)).env;
}
