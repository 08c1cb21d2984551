import type { Source } from "../source.ts";

/** A value of a YAML file with the place it was written at. */
export type Node = ScalarNode | ListNode | MapNode;

export interface ScalarNode {
  kind: "scalar";
  value: string | number | boolean | null;
  at: Source;
}

export interface ListNode {
  kind: "list";
  items: Node[];
  at: Source;
}

export interface MapNode {
  kind: "map";
  entries: Map<string, Entry>;
  at: Source;
}

export interface Entry {
  keyAt: Source;
  value: Node;
}

/** The plain value of a node, as a schema takes it. */
export function toPlain(node: Node): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(toPlain);
  // A key called `__proto__` must stay a key.
  const plain: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of node.entries) plain[key] = toPlain(entry.value);
  return { ...plain };
}

/** A place in a tree: keys and indices from the root. */
export type Path = readonly (string | number)[];

/** `servers.web.hosts.0`. */
export function pathText(path: Path): string {
  return path.map(String).join(".");
}

/** The node at a path, or null where the tree does not go that far. */
export function nodeAt(root: Node, path: Path): Node | null {
  let node: Node | undefined = root;
  for (const step of path) {
    if (node?.kind === "map") node = node.entries.get(String(step))?.value;
    else if (node?.kind === "list") node = node.items[Number(step)];
    else return null;
  }
  return node ?? null;
}

/**
 * Where to point for a path: the key if there is one, else the value, else the nearest thing
 * around it that was written.
 */
export function placeOf(root: Node, path: Path): Source {
  for (let length = path.length; length > 0; length -= 1) {
    const around = nodeAt(root, path.slice(0, length - 1));
    const step = path[length - 1];
    if (around?.kind === "map") {
      const entry = around.entries.get(String(step));
      if (entry) return length === path.length ? pointed(entry) : entry.keyAt;
    }
    if (around?.kind === "list") {
      const item = around.items[Number(step)];
      if (item) return item.at;
    }
  }
  return root.at;
}

/** Where the key at the end of a path stands; where there is none, as {@link placeOf}. */
export function keyPlaceOf(root: Node, path: Path): Source {
  const around = nodeAt(root, path.slice(0, -1));
  const entry = around?.kind === "map" ? around.entries.get(String(path.at(-1))) : undefined;
  return entry?.keyAt ?? placeOf(root, path);
}

/** A scalar is pointed at itself; what is longer, at its key. */
function pointed(entry: Entry): Source {
  return entry.value.kind === "scalar" && entry.value.value !== null ? entry.value.at : entry.keyAt;
}
