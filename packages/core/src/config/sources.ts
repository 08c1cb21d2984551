import type { MapNode, Node } from "./parse/tree.ts";

/** Where in which file a value was written. Line and column count from 1. */
export interface Source {
  file: string;
  line: number;
  column: number;
}

/** The place of every value of a configuration, by path such as `servers.web.hosts.0`. */
export type Sources = ReadonlyMap<string, Source>;

/** Every key and item of a merged tree with its place. */
export function sourcesOf(root: MapNode): Sources {
  const sources = new Map<string, Source>();
  collect(root, [], sources);
  return sources;
}

function collect(node: Node, path: string[], sources: Map<string, Source>): void {
  if (node.kind === "map") {
    for (const [key, entry] of node.entries) {
      sources.set([...path, key].join("."), entry.keyAt);
      collect(entry.value, [...path, key], sources);
    }
  } else if (node.kind === "list") {
    for (const [index, item] of node.items.entries()) {
      sources.set([...path, index].join("."), item.at);
      collect(item, [...path, String(index)], sources);
    }
  }
}
