import type { Config } from "./config.ts";
import type { Problem } from "./problem.ts";
import type { Sources } from "./sources.ts";
import type { Workspace } from "./workspace.ts";

/** Which configuration to load. */
export interface LoadRequest {
  /** Relative to the workspace's folder: `config/deploy.yml`. */
  configFile: string;
  /** `-d`; null: none. */
  destination: string | null;
}

export interface LoadedConfig {
  config: Config;
  /** What will work and is probably not meant. */
  warnings: Problem[];
  /** Which file and line each value came from. */
  sources: Sources;
}

/**
 * Reads, merges and checks a configuration. Nothing is contacted; local commands run only where
 * the file asks for them (ERB).
 *
 * @throws DeployError CONFIG_NOT_FOUND, or CONFIG_INVALID with one detail a problem, all of them at once
 */
export declare function loadConfig(workspace: Workspace, request: LoadRequest): Promise<LoadedConfig>;
