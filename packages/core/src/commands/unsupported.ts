import type { Config } from "../config/config.ts";
import type { Telling } from "./as-command.ts";

/** Warns of what a configuration may ask for and this version does not do yet: nothing is passed over in silence. */
export function warnOfUnsupported(config: Config, { emit }: Telling): void {
  const missed = [
    config.accessories.length > 0 ? "accessories are not booted" : null,
    config.roles.some(({ assets }) => assets !== null) ? "asset_path is not bridged" : null,
    config.ssh.forwardAgent
      ? "ssh.forward_agent has no effect: nothing is run on the hosts that would ask an agent"
      : null,
    config.output.file !== null || config.output.otel !== null ? "output goes nowhere but here" : null,
  ];
  for (const message of missed)
    if (message !== null)
      emit({ type: "warning", host: null, message: `not done by this version: ${message}` });
}
