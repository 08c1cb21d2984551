import type { Config, Role } from "../config/config.ts";
import { nearest } from "../config/validate/nearest.ts";
import { DeployError } from "../errors/index.ts";
import type { HostFilter } from "./context.ts";

/** A host that a command is about, with those of its roles that it is about. */
export interface Target {
  host: string;
  roles: Role[];
}

/**
 * Chooses among the configured hosts and roles. A host is chosen where at least one of its chosen
 * roles runs.
 *
 * @throws DeployError USAGE for a pattern that nothing matches
 */
export function chooseTargets(config: Config, filter: HostFilter): Target[] {
  const roleNames = config.roles.map(({ name }) => name);
  const roles = config.roles.filter(
    ({ name }) => filter.roles === null || chosen(filter.roles, roleNames, "role").has(name),
  );
  const named = filter.hosts === null ? null : chosen(filter.hosts, config.appHosts, "host");
  const targets = config.appHosts.flatMap((host) => {
    const here = roles.filter((role) => role.hosts.some((entry) => entry.host === host));
    return here.length > 0 && (named === null || named.has(host)) ? [{ host, roles: here }] : [];
  });
  if (!filter.primary) return targets;
  const primary = targets.find(({ host }) => host === config.primaryHost) ?? targets[0];
  return primary === undefined ? [] : [primary];
}

function chosen(patterns: readonly string[], names: readonly string[], kind: "role" | "host"): Set<string> {
  return new Set(
    patterns.flatMap((pattern) => {
      const matching = names.filter((name) => wildcard(pattern).test(name));
      if (matching.length > 0) return matching;
      const near = nearest(pattern, names);
      throw new DeployError("USAGE", {
        cause: `there is no ${kind} ${pattern} in the configuration`,
        hint: near === null ? `there are: ${names.join(", ")}` : `did you mean ${near}?`,
        state: "unchanged",
      });
    }),
  );
}

/** `*`, `?`, `[ab]` and `{a,b}`, as shells have them. What is never closed stands for itself. */
function wildcard(pattern: string): RegExp {
  const source = pattern.replace(/\[[^\]]+\]|\{[^{}]*\}|\*|\?|[\\^$.|+()[\]{}]/g, (piece) => {
    if (piece === "*") return ".*";
    if (piece === "?") return ".";
    if (piece.length === 1) return `\\${piece}`;
    if (piece.startsWith("[")) return `[${piece.slice(1, -1).replace(/[\\^]/g, "\\$&")}]`;
    return `(?:${piece.slice(1, -1).split(",").map(escaped).join("|")})`;
  });
  return new RegExp(`^${source}$`);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
