import type { MapNode } from "../parse/tree.ts";
import type { Workspace } from "../workspace.ts";
import { list, mapOf, scalar, valueAt, withKey, withoutKeys } from "./edit.ts";
import type { Say } from "./modernise.ts";

/**
 * Kamal 1's `builder` built for both families unless `multiarch: false` or the arches of `local` and
 * `remote` said otherwise.
 */
export function modernBuilder(builder: MapNode, workspace: Workspace, say: Say): MapNode {
  const remote = mapOf(builder, "remote");
  const named = [archOf(mapOf(builder, "local")), archOf(remote)].filter((arch) => arch !== null);
  const multiarch = valueAt(builder, "multiarch");
  const native = multiarch?.kind === "scalar" && multiarch.value === false;
  const arches = named.length > 0 ? named : native ? [workspace.architecture] : ["amd64", "arm64"];
  let modern = withoutKeys(builder, "multiarch", "local", "remote");
  modern = withKey(modern, "arch", list([...new Set(arches)], builder.at));
  const host = valueAt(remote, "host");
  if (host?.kind === "scalar" && host.value !== null)
    modern = withKey(modern, "remote", scalar(String(host.value), host.at));
  for (const key of remote?.entries.keys() ?? []) {
    if (key !== "arch" && key !== "host") {
      say(["builder", "remote", key], "is not used; builder.remote: ssh://user@host says where to build");
    }
  }
  if (named.length === 0 && native) {
    say(["builder", "multiarch"], `read as builder.arch: ${workspace.architecture}, this machine's`);
  }
  return modern;
}

function archOf(part: MapNode | undefined): string | null {
  const arch = valueAt(part, "arch");
  return arch?.kind === "scalar" && arch.value !== null ? String(arch.value) : null;
}
