import type { Config } from "../config/config.ts";
import { withoutPasswords } from "../config/explain/hidden.ts";
import { asCommand } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import { openProject } from "./project.ts";

/**
 * The configuration as it is understood: destination merged in, every default applied. Secrets are
 * in it by name only.
 *
 * @throws DeployError CONFIG_NOT_FOUND or CONFIG_INVALID
 */
export function config(context: CommandContext): Promise<Config> {
  return asCommand(
    "config",
    context,
    async (telling) => {
      const project = await openProject(context);
      telling.started({ service: project.config.app, version: null, hosts: project.config.hosts });
      return withoutPasswords(project.config);
    },
    ({ app }) => `${app} is understood`,
  );
}
