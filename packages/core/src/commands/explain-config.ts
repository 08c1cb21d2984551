import { type Explanation, explain } from "../config/explain/explain.ts";
import { mergedYaml } from "../config/explain/merged-yaml.ts";
import { asCommand } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import { openProject } from "./project.ts";

/** Where one value comes from, or, with `merged`, where all of them do: YAML with a place beside each value. */
export type ExplainedConfig = Explanation | { merged: string };

/**
 * Which file and line the configuration's values came from.
 *
 * @param path such as `proxy.app_port`; null: all of them
 * @throws DeployError CONFIG_NOT_FOUND, CONFIG_INVALID, or USAGE for a path that cannot be
 */
export function explainConfig(context: CommandContext, path: string | null): Promise<ExplainedConfig> {
  return asCommand(
    "config",
    context,
    async (telling) => {
      const project = await openProject(context);
      telling.started({ service: project.config.app, version: null, hosts: project.config.hosts });
      return path === null ? { merged: mergedYaml(project.merged) } : explain(project.merged, path);
    },
    () => "it is understood",
  );
}
