import type { Fields } from "../http1/fields.ts";

/** Fields whose values are as good as a password, whoever asks for them. */
const secret = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie"]);

/**
 * The fields of a head that are wanted in the log, by name. Those it does not have are left out.
 *
 * @param names in lower case
 */
export function loggedFields(fields: Fields, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = fields.get(name);
    if (value !== null) found[name] = secret.has(name) ? "(hidden)" : value;
  }
  return found;
}

/** A path without its query, which may hold what is nobody's business. */
export function pathOnly(path: string): string {
  const query = path.indexOf("?");
  return query === -1 ? path : path.slice(0, query);
}
