import { asCommand } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { deployExitCode, deploySummary } from "./deploy-result.ts";
import type { DeployResult } from "./result.ts";
import { ship } from "./ship.ts";

/**
 * Deploys for the first time: as deploy, on hosts that have nothing but Docker.
 *
 * @throws DeployError; its `state` says what serves
 */
export function setup(context: CommandContext, options: DeployOptions): Promise<DeployResult> {
  const kind = { name: "setup", ensureProxy: true, prune: true, anew: false } as const;
  return asCommand(
    "setup",
    context,
    (telling) => ship(kind, options, context, telling),
    deploySummary,
    deployExitCode,
  );
}
