import type { MapNode, Node } from "../parse/tree.ts";
import type { Source } from "../source.ts";

/** The value of a key, where the node is a mapping that has it. */
export function valueAt(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === "map" ? node.entries.get(key)?.value : undefined;
}

/** The mapping under a key; undefined where there is none or it is something else. */
export function mapOf(node: Node | undefined, key: string): MapNode | undefined {
  const value = valueAt(node, key);
  return value?.kind === "map" ? value : undefined;
}

/** The mapping with a key set, pointed at where its value came from. */
export function withKey(map: MapNode, key: string, value: Node): MapNode {
  return { ...map, entries: new Map(map.entries).set(key, { keyAt: value.at, value }) };
}

/** The mapping without some keys. */
export function withoutKeys(map: MapNode, ...keys: string[]): MapNode {
  return { ...map, entries: new Map([...map.entries].filter(([key]) => !keys.includes(key))) };
}

export function emptyMap(at: Source): MapNode {
  return { kind: "map", entries: new Map(), at };
}

export function scalar(value: string | number | boolean, at: Source): Node {
  return { kind: "scalar", value, at };
}

export function list(values: string[], at: Source): Node {
  return { kind: "list", items: values.map((value) => scalar(value, at)), at };
}
