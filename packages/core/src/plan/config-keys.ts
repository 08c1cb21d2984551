import { canonical } from "../release/checksum.ts";
import { RELEASE_LABEL, VERSION_LABEL } from "../release/labels.ts";
import type { RoleRecord } from "../release/record.ts";

/** What of a role's record follows from its release, or is compared elsewhere. */
const NOT_CONFIGURED = new Set([
  "role",
  "container",
  "environment",
  "certificate",
  `settings.Labels.${RELEASE_LABEL}`,
  `settings.Labels.${VERSION_LABEL}`,
]);

/** A path in a role's record, and the key of the configuration that it comes from. */
const KEYS: [path: RegExp, key: string | ((...found: string[]) => string)][] = [
  [/^settings\.Cmd(?:\.|$)/, "cmd"],
  [/^settings\.Labels\.(.+)$/, (label) => `labels.${label}`],
  [/^settings\.HostConfig\.LogConfig(?:\.|$)/, "logging"],
  [/^settings\.HostConfig\.(?:Binds|Mounts)(?:\.|$)/, "volumes"],
  [/^settings\.(.+)$/, (path) => `options (${path})`],
  [/^restart(?:\.|$)/, "options.restart"],
  [/^proxy$/, "proxy"],
  [/^proxy\.appPort$/, "proxy.app_port"],
  [/^proxy\.tls(?:\.|$)/, "proxy.ssl"],
  [/^proxy\.options\.errorPages(?:\.|$)/, "error_pages_path"],
  [/^proxy\.options\.([A-Za-z]+)/, (option) => `proxy.${snakeCase(option)}`],
  [/^proxy\.health\.([A-Za-z]+)/, (option) => `proxy.healthcheck.${snakeCase(option)}`],
  [/^([A-Za-z]+)/, (path) => snakeCase(path)],
];

/** The keys of the configuration in which two records of a role differ, each once. */
export function changedKeys(before: RoleRecord, after: RoleRecord): string[] {
  const old = leaves(before, "");
  const now = leaves(after, "");
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  const changed = paths.filter((path) => old.get(path) !== now.get(path) && !isRandom(path, old, now));
  return [...new Set(changed.map(keyOf))];
}

/** Every value of plain data by its path; lists are values, since their order matters. */
function leaves(data: unknown, path: string): Map<string, string> {
  if (NOT_CONFIGURED.has(path)) return new Map();
  if (typeof data !== "object" || data === null || Array.isArray(data))
    return new Map([[path, canonical(data)]]);
  return new Map(
    Object.entries(data).flatMap(([name, value]) => [
      ...leaves(value, path === "" ? name : `${path}.${name}`),
    ]),
  );
}

/** A host name that ends in random digits on both sides is ours, not the user's. */
function isRandom(path: string, ...sides: ReadonlyMap<string, string>[]): boolean {
  return path === "settings.Hostname" && sides.every((side) => /-[0-9a-f]{12}"$/.test(side.get(path) ?? ""));
}

function keyOf(path: string): string {
  for (const [pattern, key] of KEYS) {
    const found = pattern.exec(path);
    if (found !== null) return typeof key === "string" ? key : key(...found.slice(1));
  }
  return path;
}

/** `responseTimeoutMs` is `response_timeout` in the file. */
function snakeCase(name: string): string {
  return name.replace(/Ms$/, "").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
