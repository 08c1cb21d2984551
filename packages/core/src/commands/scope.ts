import type { Config } from "../config/config.ts";
import { DeployError } from "../errors/index.ts";
import type { HostFilter } from "./context.ts";
import { chooseTargets, type Target } from "./targets.ts";

/** What a command that changes hosts is asked about which of them. */
export interface ScopeOptions {
  filter: HostFilter;
  /** `--skip-unreachable`: go on without hosts that cannot be reached, however many. */
  skipUnreachable: boolean;
}

/** Every host and role, none of them left behind. */
export const EVERYWHERE: ScopeOptions = {
  filter: { hosts: null, roles: null, primary: false },
  skipUnreachable: false,
};

/** What of a fleet a command is about. */
export interface Scope {
  targets: Target[];
  /** The service's primary host: its lock is taken whatever is targeted. */
  primaryHost: string;
  /** Every host to connect to: the primary one, then the other targets. */
  hosts: string[];
  /** How many targets may be left behind when they cannot be reached. */
  mayLeave: number;
}

/** @throws DeployError USAGE for a pattern that nothing matches, and for a configuration without hosts */
export function scopeOf(config: Config, { filter, skipUnreachable }: ScopeOptions): Scope {
  const { primaryHost, unreachable } = config;
  if (primaryHost === null)
    throw new DeployError("USAGE", {
      cause: "the configuration has no hosts to deploy to",
      hint: "name some under servers",
      state: "unchanged",
    });
  const targets = chooseTargets(config, filter);
  const hosts = [...new Set([primaryHost, ...targets.map(({ host }) => host)])];
  const { allow } = unreachable;
  const allowed = "hosts" in allow ? allow.hosts : Math.floor((targets.length * allow.percent) / 100);
  return { targets, primaryHost, hosts, mayLeave: skipUnreachable ? targets.length : allowed };
}

/**
 * Whether a command can do without the hosts of these errors: they are down or their engine is, they
 * are not too many, and the primary host is not among them. A host whose key or login is wrong is
 * not down, and somebody has to look at it.
 */
export function canLeave(
  scope: Pick<Scope, "primaryHost" | "mayLeave">,
  errors: readonly DeployError[],
): boolean {
  return (
    errors.length <= scope.mayLeave &&
    errors.every(
      ({ code, facts }) =>
        (code === "HOST_UNREACHABLE" || code === "DOCKER_UNAVAILABLE") && facts.host !== scope.primaryHost,
    )
  );
}
