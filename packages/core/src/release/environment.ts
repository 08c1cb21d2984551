import type { Config } from "../config/config.ts";
import type { Env } from "../config/env.ts";
import { withHostVariables } from "./host-variables.ts";

/** Variables by name, values as the container sees them, byte for byte. */
export type Environment = Readonly<Record<string, string>>;

/** What a container is told about itself, under our names and under Kamal's. */
export interface SelfKnowledge {
  container: string;
  version: string;
  host: string;
  destination: string | null;
}

/**
 * @param secrets the values of every secret that `env` names
 * @param variables the host's own, for the clear values that refer to them
 */
export function containerEnvironment(
  env: Env,
  self: SelfKnowledge,
  secrets: ReadonlyMap<string, string>,
  variables: ReadonlyMap<string, string> = new Map(),
): Environment {
  const facts: Record<string, string> = {
    CONTAINER_NAME: self.container,
    VERSION: self.version,
    HOST: self.host,
    ...(self.destination === null ? {} : { DESTINATION: self.destination }),
  };
  const own = Object.entries(facts).flatMap(([name, value]) => [
    [`KAMAL_${name}`, value],
    [`DEPLOY_${name}`, value],
  ]);
  return { ...Object.fromEntries(own), ...configuredEnvironment(env, secrets, variables) };
}

/** What of a container's environment comes from the configuration, and not from which container it is. */
export function configuredEnvironment(
  env: Env,
  secrets: ReadonlyMap<string, string>,
  variables: ReadonlyMap<string, string>,
): Environment {
  const secret = env.secret.map((variable) => [variable.name, secrets.get(variable.secret) ?? ""]);
  const clear = Object.entries(env.clear).map(([name, value]) => [name, withHostVariables(value, variables)]);
  return { ...Object.fromEntries(clear), ...Object.fromEntries(secret) };
}

/** The Engine API's form: `NAME=value`. */
export function environmentList(environment: Environment): string[] {
  return Object.entries(environment).map(([name, value]) => `${name}=${value}`);
}

/** The names of all secrets that containers on these roles need, each once. */
export function secretNames(config: Config): string[] {
  const names = config.roles.flatMap((role) =>
    role.hosts.flatMap(({ env }) => env.secret.map(({ secret }) => secret)),
  );
  return [...new Set(names)];
}
