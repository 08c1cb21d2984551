import { asCommand } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { deployExitCode, deploySummary } from "./deploy-result.ts";
import type { DeployResult } from "./result.ts";
import { ship } from "./ship.ts";

/**
 * Deploys onto hosts that are set up: neither the proxy is made sure of nor anything pruned.
 *
 * @throws DeployError; its `state` says what serves
 */
export function redeploy(context: CommandContext, options: DeployOptions): Promise<DeployResult> {
  const kind = { name: "redeploy", ensureProxy: false, prune: false, anew: true } as const;
  return asCommand(
    "redeploy",
    context,
    (telling) => ship(kind, options, context, telling),
    deploySummary,
    deployExitCode,
  );
}
