import { type MapNode, nodeAt, type Path } from "../parse/tree.ts";

/** Two keys that mean the same, and what a file may have of either. */
const SAME: Readonly<Record<string, string>> = {
  host: "hosts",
  hosts: "host",
  path_prefix: "path_prefixes",
  path_prefixes: "path_prefix",
};

/** What a role has from the root where it says nothing of it itself. */
const INHERITED = new Set(["proxy", "env", "labels", "logging", "stop_timeout", "asset_path"]);

/**
 * Where in the files that is written which a path asks for: a list under `servers` is the hosts of the role
 * `web`, a list under a role is its hosts, variables may stand right under `env`, `host` means `hosts`, and a
 * role has from the root what it does not say itself.
 *
 * @returns the path itself where nothing else is written either
 */
export function writtenAt(merged: MapNode, path: Path): Path {
  if (nodeAt(merged, path) !== null) return path;
  for (const [index, step] of path.entries()) {
    const before = path.slice(0, index);
    const after = path.slice(index + 1);
    const around = nodeAt(merged, before);
    if (around?.kind === "list" && String(before.at(-1)) === "servers" && step === "web")
      return writtenAt(merged, [...before, ...after]);
    if (around?.kind === "list" && path[0] === "servers" && step === "hosts")
      return writtenAt(merged, [...before, ...after]);
    if (around?.kind !== "map" || around.entries.has(String(step))) continue;
    if (step === "clear" && before.at(-1) === "env" && !around.entries.has("secret"))
      return writtenAt(merged, [...before, ...after]);
    const same = SAME[String(step)];
    if (same !== undefined && around.entries.has(same)) return [...before, same, ...after];
  }
  const inherited = path.slice(2);
  if (path[0] === "servers" && INHERITED.has(String(inherited[0])) && !isOff(merged, path.slice(0, 3))) {
    const atRoot = writtenAt(merged, inherited);
    if (nodeAt(merged, atRoot) !== null) return atRoot;
  }
  return path;
}

/** Whether a role wants nothing of it, as with `proxy: false`. */
function isOff(merged: MapNode, path: Path): boolean {
  const node = nodeAt(merged, path);
  return node?.kind === "scalar" && node.value === false;
}
