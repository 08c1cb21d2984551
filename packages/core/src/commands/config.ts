import type { Config } from "../config/config.ts";
import { asCommand } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import { openProject } from "./project.ts";

/** What stands in place of a password that is written in the file itself. */
const HIDDEN = "[REDACTED]";

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

/** A configuration that may be shown. */
export function withoutPasswords(shown: Config): Config {
  const { registry, accessories } = shown;
  return {
    ...shown,
    registry: hidden(registry),
    accessories: accessories.map((accessory) => ({
      ...accessory,
      registry: accessory.registry === null ? null : hidden(accessory.registry),
    })),
  };
}

function hidden(registry: Config["registry"]): Config["registry"] {
  return typeof registry.password === "string" ? { ...registry, password: HIDDEN } : registry;
}
