import type { Config } from "../config/config.ts";

/** `${NAME}` or `${NAME:-what to take where it is not set}`, as the host's shell would have it. */
const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** Whether any container's environment refers to its host's own. */
export function refersToHosts(config: Config): boolean {
  const values = config.roles.flatMap(({ hosts }) => hosts.flatMap(({ env }) => Object.values(env.clear)));
  return values.some((value) => value.search(REFERENCE) !== -1);
}

/** A value with the host's variables put in; one that is not set is empty. Nothing else is expanded. */
export function withHostVariables(value: string, variables: ReadonlyMap<string, string>): string {
  return value.replace(REFERENCE, (_whole, name: string, otherwise: string | undefined) => {
    const found = variables.get(name);
    return (found === "" ? undefined : found) ?? otherwise ?? "";
  });
}

/** Reads what `env -0` writes. */
export function parseVariables(text: string): Map<string, string> {
  const pairs = text.split("\0").filter((entry) => entry.includes("="));
  return new Map(
    pairs.map((entry): [string, string] => {
      const at = entry.indexOf("=");
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}
