import type { Accessory, Config, Registry } from "../config.ts";
import type { Path } from "../parse/tree.ts";

/** What stands in place of a secret that is written in the file itself. */
export const HIDDEN = "[REDACTED]";

/** A configuration that may be shown: a password in the file itself is hidden, secrets are names anyway. */
export function withoutPasswords(config: Config): Config {
  return {
    ...config,
    registry: withoutPassword(config.registry),
    accessories: config.accessories.map(
      (accessory): Accessory => ({
        ...accessory,
        registry: accessory.registry && withoutPassword(accessory.registry),
      }),
    ),
  };
}

function withoutPassword(registry: Registry): Registry {
  return typeof registry.password === "string" ? { ...registry, password: HIDDEN } : registry;
}

/** The value at a path of the file, with what is secret in it hidden. */
export function hiddenAt(path: Path, value: unknown): unknown {
  if (typeof value === "string") return isSecret(path) ? HIDDEN : value;
  if (Array.isArray(value)) return value.map((item, index) => hiddenAt([...path, index], item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, hiddenAt([...path, key], item)]),
  );
}

/** A password as text (a list would name a secret), and keys that are pasted instead of named. */
function isSecret(path: Path): boolean {
  const [last, before] = [path.at(-1), path.at(-2)];
  return (last === "password" && before === "registry") || (before === "key_data" && path.length === 3);
}
