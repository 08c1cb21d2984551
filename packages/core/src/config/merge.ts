import type { MapNode, Node } from "./parse/tree.ts";

/**
 * A destination's file over the base: mappings merge key by key, everything else (lists too) is
 * replaced. A bare key (`ssh:`) sets nothing, so it replaces nothing.
 */
export function merge(base: MapNode, over: MapNode): MapNode {
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const former = entries.get(key);
    if (former && isBare(entry.value) && !isBare(former.value)) continue;
    if (former?.value.kind === "map" && entry.value.kind === "map") {
      entries.set(key, { keyAt: entry.keyAt, value: merge(former.value, entry.value) });
    } else {
      entries.set(key, entry);
    }
  }
  return { kind: "map", entries, at: base.at };
}

function isBare(node: Node): boolean {
  return node.kind === "scalar" && node.value === null;
}
