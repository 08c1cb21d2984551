import { asCommand } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { deployExitCode, deploySummary } from "./deploy-result.ts";
import type { DeployResult } from "./result.ts";
import { ship } from "./ship.ts";

/**
 * Builds the app in this folder, brings it to every host and switches all of them at once.
 *
 * @throws DeployError; its `state` says what serves
 */
export function deploy(context: CommandContext, options: DeployOptions): Promise<DeployResult> {
  const kind = { name: "deploy", ensureProxy: true, prune: true, anew: false } as const;
  return asCommand(
    "deploy",
    context,
    (telling) => ship(kind, options, context, telling),
    deploySummary,
    deployExitCode,
  );
}
