import { hostname, userInfo } from "node:os";
import type { Config, Registry } from "../config/config.ts";
import type { Secret } from "../config/env.ts";
import { loadConfig } from "../config/load.ts";
import { localWorkspace } from "../config/local-workspace.ts";
import type { MapNode } from "../config/parse/tree.ts";
import { problemLine } from "../config/problem.ts";
import type { Workspace } from "../config/workspace.ts";
import type { FleetRequest } from "../hosts/fleet.ts";
import { type StateFolders, stateFolders } from "../release/state-folders.ts";
import { openSecrets, type Secrets } from "../secrets/secrets.ts";
import type { RegistryLogin } from "../steps/registry-login.ts";
import type { CommandContext } from "./context.ts";
import { refuseMissing } from "./missing-secrets.ts";

/** The folder a command works in: its configuration and its secrets. */
export interface Project {
  config: Config;
  /** What the files say together, with the place of every value. */
  merged: MapNode;
  workspace: Workspace;
  secrets: Secrets;
  /** Where the app's state lies on every host. */
  folders: StateFolders;
}

/** Where the configuration is unless `-c` names another place. */
const CONFIG_FILE = "config/deploy.yml";

/**
 * Reads the project, without contacting anything. What the configuration warns of is told.
 *
 * @throws DeployError CONFIG_NOT_FOUND, CONFIG_INVALID or SECRETS_INVALID
 */
export async function openProject(context: CommandContext): Promise<Project> {
  const { cwd, env, destination } = context;
  const workspace = localWorkspace({ cwd, env });
  const configFile = context.configFile ?? CONFIG_FILE;
  const {
    config,
    warnings,
    merged,
    env: loadedEnv,
  } = await loadConfig(workspace, {
    configFile,
    destination,
    toolVersion: context.toolVersion,
  });
  for (const warning of warnings)
    context.events({ at: context.clock.now(), type: "warning", host: null, message: problemLine(warning) });
  const secrets = await openSecrets(
    { ...workspace, env: loadedEnv },
    { secretsPath: config.secretsPath, destination },
  );
  return { config, merged, workspace, secrets, folders: stateFolders(config.runDirectory, config.app) };
}

/**
 * The values of secrets, by name.
 *
 * @throws DeployError SECRET_MISSING naming all that are missing, before any command of one is run
 */
export async function secretValues(
  { secrets, merged }: Project,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  refuseMissing(secrets, names, merged);
  return new Map(await Promise.all(names.map(async (name) => [name, await secrets.get(name)] as const)));
}

/** How connections to these hosts are to be opened. */
export async function fleetRequest(
  context: CommandContext,
  project: Project,
  hosts: readonly string[],
): Promise<FleetRequest> {
  const { cwd, home, env, askSecret, toolVersion, signal } = context;
  const { ssh, connections } = project.config;
  const localUser = env["USER"] || userInfo().username;
  const keyData = await secretValues(
    project,
    ssh.keyData.map(({ secret }) => secret),
  );
  return { hosts, ssh, connections, keyData, cwd, home, env, localUser, askSecret, toolVersion, signal };
}

/** Docker Hub goes by this name in the Engine API, for reasons of age. */
const DOCKER_HUB = "https://index.docker.io/v1/";

/**
 * The login that hosts pull with; null where the registry asks for none.
 *
 * @throws DeployError SECRET_MISSING
 */
export async function registryLogin(registry: Registry, secrets: Secrets): Promise<RegistryLogin | null> {
  const { username, password, local } = registry;
  if (local || username === null || password === null) return null;
  const value = (of: string | Secret) => (typeof of === "string" ? of : secrets.get(of.secret));
  return {
    serveraddress: registry.server ?? DOCKER_HUB,
    username: await value(username),
    password: await value(password),
  };
}

/** Who is at work, for records and the lock: `anna@laptop`. */
export function performer(context: CommandContext): string {
  return `${context.env["USER"] ?? userInfo().username}@${hostname()}`;
}
