import type { Config } from "../config/config.ts";
import { DeployError } from "../errors/index.ts";
import type { Telling } from "./as-command.ts";

/**
 * Refuses what a configuration may ask for and this version does not do yet, where doing without
 * would be unsafe; warns where it would only be missed. Nothing is passed over in silence.
 *
 * @throws DeployError CONFIG_INVALID
 */
export function refuseUnsupported(config: Config, { emit }: Telling): void {
  if (config.registry.local)
    throw refusal(
      "a registry on localhost",
      "name a registry that the hosts reach too, under registry.server",
    );
  const missed = [
    config.accessories.length > 0 ? "accessories are not booted" : null,
    config.roles.some(({ assets }) => assets !== null) ? "asset_path is not bridged" : null,
    Object.keys(config.aliases).length > 0 ? "aliases are not known as commands" : null,
    config.ssh.forwardAgent
      ? "ssh.forward_agent has no effect: nothing is run on the hosts that would ask an agent"
      : null,
    config.output.file !== null || config.output.otel !== null ? "output goes nowhere but here" : null,
  ];
  for (const message of missed)
    if (message !== null)
      emit({ type: "warning", host: null, message: `not done by this version: ${message}` });
}

function refusal(what: string, hint: string): DeployError {
  return new DeployError("CONFIG_INVALID", {
    cause: `${what} is not supported by this version`,
    hint,
    state: "unchanged",
  });
}
