import { createHmac } from "node:crypto";
import type { Environment } from "./environment.ts";

/**
 * Tells one value from another without telling the value: whoever lacks the key can't try values
 * until one fits.
 *
 * @param key a host's own, which never leaves the host and whoever deploys to it
 * @param parts the value, in an order that has to be the same for the same checksum
 * @returns 32 hexadecimal digits
 */
export function checksum(key: string, ...parts: string[]): string {
  return createHmac("sha256", key).update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** A checksum of each variable of an environment, by name. Equal values of two variables differ. */
export function environmentChecksums(key: string, environment: Environment): Record<string, string> {
  const entries = Object.entries(environment).map(([name, value]) => [name, checksum(key, name, value)]);
  return Object.fromEntries(entries);
}

/** Plain data as text that is the same for the same data, whatever order its keys were made in. */
export function canonical(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
