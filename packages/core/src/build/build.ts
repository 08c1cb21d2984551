import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Builder } from "../config/config.ts";
import { DeployError } from "../errors/index.ts";
import { type BuildRequest, buildArguments } from "./build-arguments.ts";
import { builderMissing, buildFailure } from "./build-failure.ts";
import { type RegistryLogin, temporaryDockerConfig } from "./docker-config.ts";
import { runProgram } from "./program.ts";

/** What a build needs from outside. */
export interface BuildSurroundings {
  /** The folder to build in; absolute. */
  folder: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The user's Docker configuration: `DOCKER_CONFIG` or `~/.docker`. */
  dockerFolder: string;
  login: RegistryLogin | null;
  /** The values of `builder.secrets`, by name. */
  secrets: Readonly<Record<string, string>>;
  signal: AbortSignal;
  onLine(line: string): void;
}

const metadata = z.object({ "containerimage.digest": z.string() });

/**
 * Builds the image and pushes it, with the Docker on this machine.
 *
 * @returns the digest of what the registry now holds
 * @throws DeployError BUILD_FAILED, BUILDER_MISSING, REGISTRY_REFUSED or TRANSFER_FAILED
 */
export async function buildAndPush(
  builder: Builder,
  request: Omit<BuildRequest, "metadataFile">,
  around: BuildSurroundings,
): Promise<string> {
  await refuseMissingDockerfile(builder, around.folder);
  await using config = await temporaryDockerConfig(around.dockerFolder, around.login);
  const metadataFile = join(config.folder, "metadata.json");
  const lines: string[] = [];
  const exitCode = await runProgram({
    program: "docker",
    args: buildArguments(builder, { ...request, metadataFile }),
    cwd: around.folder,
    env: { ...around.env, ...around.secrets, DOCKER_CONFIG: config.folder },
    signal: around.signal,
    onLine(line) {
      lines.push(line);
      around.onLine(line);
    },
  }).catch((error: unknown) => {
    throw missingDocker(error);
  });
  around.signal.throwIfAborted();
  if (exitCode !== 0) throw buildFailure(lines, around.login?.server ?? "Docker Hub");
  return metadata.parse(JSON.parse(await readFile(metadataFile, "utf8")))["containerimage.digest"];
}

async function refuseMissingDockerfile(builder: Builder, folder: string): Promise<void> {
  const path = join(folder, builder.dockerfile);
  const found = await access(path).then(
    () => true,
    () => false,
  );
  if (found) return;
  throw new DeployError("BUILD_FAILED", {
    cause: `there is no ${builder.dockerfile} in what is built`,
    hint:
      builder.context === null
        ? "is it committed? Only what git knows is built, unless builder.context is set"
        : "name it under builder.dockerfile",
    state: "unchanged",
  });
}

function missingDocker(error: unknown): unknown {
  if (error instanceof Error && "code" in error && error.code === "ENOENT")
    return builderMissing("there is no docker command on this machine");
  return error;
}
