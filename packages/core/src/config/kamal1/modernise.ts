import { keyPlaceOf, type MapNode, type Path, pathText } from "../parse/tree.ts";
import type { Problem } from "../problem.ts";
import type { Workspace } from "../workspace.ts";
import { modernBuilder } from "./builder.ts";
import { emptyMap, mapOf, valueAt, withKey, withoutKeys } from "./edit.ts";
import { modernProxy } from "./proxy.ts";

/** A tree in today's keys, and what of an older one is not carried over. */
export interface Modernised {
  root: MapNode;
  warnings: Problem[];
}

/** Tells of what has no counterpart, and why. */
export type Say = (path: Path, message: string) => void;

/**
 * A Kamal 1 file in today's keys, where what it says has a meaning here. Any other file comes back
 * as it is: a Kamal 1 key in it is then an unknown one, and refused with the new spelling.
 */
export function modernise(root: MapNode, workspace: Workspace): Modernised {
  if (!isKamal1(root)) return { root, warnings: [] };
  const warnings: Problem[] = [];
  const say: Say = (path, message) => {
    warnings.push({ ...keyPlaceOf(root, path), path: pathText(path), message });
  };
  const renamed = renameKeys(root);
  const proxied = modernProxy(renamed, say);
  const builder = modernBuilder(mapOf(proxied, "builder") ?? emptyMap(root.at), workspace, say);
  return { root: withKey(proxied, "builder", builder), warnings };
}

/** Kamal 2 knows neither of the marks, and Kamal 1 neither `proxy` nor `builder.arch`. */
function isKamal1(root: MapNode): boolean {
  if (valueAt(root, "proxy") !== undefined || valueAt(valueAt(root, "builder"), "arch") !== undefined)
    return false;
  const builder = valueAt(root, "builder");
  const roles = mapOf(root, "servers");
  return (
    ["traefik", "healthcheck", "stop_wait_time"].some((key) => root.entries.has(key)) ||
    valueAt(builder, "multiarch") !== undefined ||
    mapOf(builder, "local") !== undefined ||
    mapOf(builder, "remote") !== undefined ||
    [...(roles?.entries.values() ?? [])].some(({ value }) => valueAt(value, "traefik") !== undefined)
  );
}

const renames = [
  ["stop_wait_time", "stop_timeout"],
  ["primary_web_role", "primary_role"],
] as const;

function renameKeys(root: MapNode): MapNode {
  let renamed = root;
  for (const [old, now] of renames) {
    const value = valueAt(renamed, old);
    if (value) renamed = withKey(withoutKeys(renamed, old), now, value);
  }
  return renamed;
}
