import { parse, resolve } from "node:path";
import { DeployError } from "../errors/index.ts";
import { merge } from "./merge.ts";
import { type ReadFile, readConfigFile } from "./read.ts";
import { nearest } from "./validate/nearest.ts";
import type { Workspace } from "./workspace.ts";

/** Which files to read. */
export interface FilesRequest {
  /** Relative to the workspace's folder, or absolute: `config/deploy.yml`. */
  configFile: string;
  /** `-d`; null: none. */
  destination: string | null;
}

/**
 * Reads the base file with the destination's over it. Problems are in what it returns.
 *
 * @throws DeployError CONFIG_NOT_FOUND; USAGE for a destination that can be none
 */
export async function readFiles(workspace: Workspace, request: FilesRequest): Promise<ReadFile> {
  const { destination } = request;
  if (destination !== null && !/^[A-Za-z0-9][\w.-]*$/.test(destination)) throw noDestination(destination);
  const env =
    destination === null
      ? workspace.env
      : { ...workspace.env, KAMAL_DESTINATION: destination, DEPLOY_DESTINATION: destination };
  const base = await readConfigFile(workspace, request.configFile, env);
  if (destination === null) return base;
  const file = destinationFile(request.configFile, destination);
  if ((await workspace.look(resolve(workspace.cwd, file))) === null)
    throw unknownDestination(file, destination, await destinations(workspace, request.configFile));
  const over = await readConfigFile(workspace, file, base.env);
  return {
    root: base.root === null || over.root === null ? null : merge(base.root, over.root),
    unknown: [...base.unknown, ...over.unknown],
    problems: [...base.problems, ...over.problems],
    warnings: [...base.warnings, ...over.warnings],
    env: over.env,
  };
}

/** Every destination that has a file beside the base. */
async function destinations({ cwd, list }: Workspace, configFile: string): Promise<string[]> {
  const { dir, name, ext } = parse(configFile);
  const files = await list(resolve(cwd, dir));
  return files
    .filter(
      (file) =>
        file.startsWith(`${name}.`) && file.endsWith(ext) && file.length > name.length + ext.length + 1,
    )
    .map((file) => file.slice(name.length + 1, file.length - ext.length))
    .toSorted();
}

function unknownDestination(file: string, given: string, known: readonly string[]): DeployError {
  const meant = nearest(given, known);
  const there = known.length === 0 ? "There are no destinations yet" : `There are: ${known.join(", ")}`;
  return new DeployError("CONFIG_NOT_FOUND", {
    cause: `There is no ${file} here`,
    hint:
      meant === null
        ? `${there}; a destination is a file of that name`
        : `Did you mean -d ${meant}? ${there}`,
    state: "unchanged",
  });
}

/** A destination is part of file and container names. */
function noDestination(destination: string): DeployError {
  return new DeployError("USAGE", {
    cause: `${destination} can be no destination`,
    hint: "A destination has letters, digits, hyphens, underscores and dots",
    state: "unchanged",
  });
}

/** `config/deploy.yml` with `staging`: `config/deploy.staging.yml`. */
function destinationFile(configFile: string, destination: string): string {
  const extension = /\.[^./\\]+$/.exec(configFile)?.[0] ?? "";
  return `${configFile.slice(0, configFile.length - extension.length)}.${destination}${extension}`;
}
