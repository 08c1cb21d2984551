import { type MapNode, type Node, type Path, pathText } from "./parse/tree.ts";
import type { Source } from "./source.ts";

/** Where a configuration names a secret. */
export interface SecretPlace extends Source {
  /** `env.secret.0` */
  path: string;
}

/** Keys whose value, or whose list, names secrets. */
const NAMES_SECRETS = [
  "secret",
  "secrets",
  "key_data",
  "username",
  "password",
  "certificate_pem",
  "private_key_pem",
];

/** Every place at which the files name a secret, alone or as the second half of `VARIABLE:SECRET`. */
export function placesOfSecret(root: MapNode, name: string): SecretPlace[] {
  return found(root, [], name);
}

function found(node: Node, path: Path, name: string): SecretPlace[] {
  if (node.kind === "map")
    return [...node.entries].flatMap(([key, { value }]) => found(value, [...path, key], name));
  if (node.kind === "list") return node.items.flatMap((item, index) => found(item, [...path, index], name));
  const key = path.findLast((step) => typeof step === "string");
  const written = String(node.value);
  if (typeof key !== "string" || !NAMES_SECRETS.includes(key)) return [];
  if (written !== name && written.split(":")[1] !== name) return [];
  return [{ ...node.at, path: pathText(path) }];
}
