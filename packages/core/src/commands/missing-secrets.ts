import type { Config } from "../config/config.ts";
import type { Secret } from "../config/env.ts";
import type { MapNode } from "../config/parse/tree.ts";
import { problemLine } from "../config/problem.ts";
import { placesOfSecret } from "../config/secret-places.ts";
import { DeployError } from "../errors/index.ts";
import { certificateSecrets } from "../release/certificate.ts";
import { secretNames } from "../release/environment.ts";
import type { Secrets } from "../secrets/secrets.ts";

/**
 * Refuses to begin while a secret has no value, with every place that names one. No command of a
 * secret is run for it.
 *
 * @param merged the files, for the places
 * @throws DeployError SECRET_MISSING naming all of them
 */
export function refuseMissing(secrets: Secrets, names: readonly string[], merged: MapNode): void {
  const missing = secrets.missing([...names]);
  const [first] = missing;
  if (first === undefined) return;
  const list = missing.map(({ name }) => name).join(", ");
  throw new DeployError("SECRET_MISSING", {
    cause: missing.length === 1 ? `the secret ${list} has no value` : `these secrets have no value: ${list}`,
    hint: first.hint,
    details: missing.flatMap(({ name, hint }) => {
      const lines = placesOfSecret(merged, name).map((place) =>
        problemLine({ ...place, message: `${name} has no value` }),
      );
      return lines.length > 0 ? lines : [`${name}: ${hint}`];
    }),
    state: "unchanged",
  });
}

/**
 * The names of all secrets that a deploy needs.
 *
 * @param builds whether it builds the image too
 */
export function secretsOfDeploy(config: Config, builds: boolean): string[] {
  const { registry, builder, ssh } = config;
  const login = registry.local ? [] : [registry.username, registry.password];
  return [
    ...secretNames(config),
    ...certificateSecrets(config),
    ...login.filter((value) => isSecret(value)).map(({ secret }) => secret),
    ...(builds ? builder.secrets.map(({ secret }) => secret) : []),
    ...ssh.keyData.map(({ secret }) => secret),
  ];
}

function isSecret(value: string | Secret | null): value is Secret {
  return value !== null && typeof value !== "string";
}
