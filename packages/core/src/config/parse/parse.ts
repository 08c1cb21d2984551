import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  type YAMLMap,
} from "yaml";
import type { Problem } from "../problem.ts";
import type { Source } from "../source.ts";
import { explainError } from "./explain-error.ts";
import { Places, type YamlText } from "./places.ts";
import { plainScalar } from "./scalar.ts";
import type { Entry, ListNode, MapNode, Node } from "./tree.ts";

export interface Parsed {
  /** Null where the text has no value at all, or cannot be read. */
  root: Node | null;
  problems: Problem[];
  warnings: Problem[];
}

/** More nodes than any configuration has; anchors that refer to anchors can multiply without end. */
const MOST_NODES = 20_000;

/** Reads YAML into a tree that knows where everything was written. Duplicate keys: the last wins, with a warning. */
export function parseYaml(yaml: YamlText): Parsed {
  const document = parseDocument(yaml.text, {
    // Scalars are read by plainScalar, merge keys and duplicates below.
    schema: "failsafe",
    uniqueKeys: false,
    prettyErrors: false,
    strict: true,
  });
  const places = new Places(yaml);
  const problems = firstOfEachPlace(document.errors).map((error) =>
    places.problem(error.pos[0], explainError(error)),
  );
  if (problems.length > 0) return { root: null, problems, warnings: [] };
  const reader = new Reader(document, places);
  const root = document.contents === null ? null : reader.read(document.contents);
  return { root: isNothing(root) ? null : root, problems: reader.problems, warnings: reader.warnings };
}

/** What the reader says again of the same place follows from what it said first. */
function firstOfEachPlace<T extends { pos: [number, number] }>(errors: readonly T[]): T[] {
  return errors.filter(({ pos }, index) => errors.findIndex((other) => other.pos[0] === pos[0]) === index);
}

function isNothing(node: Node | null): boolean {
  return node === null || (node.kind === "scalar" && node.value === null);
}

class Reader {
  readonly problems: Problem[] = [];
  readonly warnings: Problem[] = [];
  readonly #document: Document;
  readonly #places: Places;
  readonly #open = new Set<unknown>();
  #nodes = 0;

  constructor(document: Document, places: Places) {
    this.#document = document;
    this.#places = places;
  }

  /** `around` is where a value that was left out is said to be. */
  read(value: unknown, path: string[] = [], around = 0): Node {
    this.#nodes += 1;
    if (isAlias(value)) return this.#alias(value, path);
    const offset = rangeStart(value) ?? around;
    const at = this.#places.at(offset);
    if (this.#nodes > MOST_NODES) {
      const first = this.#nodes === MOST_NODES + 1;
      if (first)
        this.problems.push(this.#places.problem(offset, "the anchors multiply to more than can be meant"));
      return { kind: "scalar", value: null, at };
    }
    if (isMap(value)) return this.#map(value, path, at);
    if (isSeq(value)) {
      const list: ListNode = { kind: "list", items: [], at };
      for (const [index, item] of value.items.entries()) {
        list.items.push(this.read(item, [...path, String(index)], offset));
      }
      return list;
    }
    if (!isScalar(value)) return { kind: "scalar", value: null, at };
    const plain = value.type === Scalar.PLAIN || value.type === undefined;
    const tagged = value.tag !== undefined && value.tag !== "tag:yaml.org,2002:str";
    if (tagged)
      this.problems.push(
        this.#places.problem(offset, `the tag ${value.tag} is not understood`, path.join(".")),
      );
    const text = String(value.value ?? "");
    return { kind: "scalar", value: plain && value.tag === undefined ? plainScalar(text) : text, at };
  }

  #alias(alias: Parameters<typeof isAlias>[0], path: string[]): Node {
    const offset = rangeStart(alias) ?? 0;
    const target = isAlias(alias) ? alias.resolve(this.#document) : undefined;
    if (target === undefined || this.#open.has(target)) {
      const name = isAlias(alias) ? alias.source : "";
      this.problems.push(
        this.#places.problem(offset, `*${name} refers to an anchor that is not above it`, path.join(".")),
      );
      return { kind: "scalar", value: null, at: this.#places.at(offset) };
    }
    return this.read(target, path, offset);
  }

  #map(map: YAMLMap, path: string[], at: Source): MapNode {
    this.#open.add(map);
    const own: MapNode = { kind: "map", entries: new Map(), at };
    const merged: MapNode[] = [];
    for (const pair of map.items) {
      if (!isPair(pair)) continue;
      const keyOffset = rangeStart(pair.key) ?? 0;
      if (!isScalar(pair.key) && !isAlias(pair.key)) {
        this.problems.push(this.#places.problem(keyOffset, "a key must be plain text", path.join(".")));
        continue;
      }
      const keyNode = isAlias(pair.key) ? this.read(pair.key, path) : null;
      const key =
        keyNode?.kind === "scalar" ? String(keyNode.value) : String(isScalar(pair.key) ? pair.key.value : "");
      const value = this.read(pair.value, [...path, key], keyOffset);
      if (key === "<<" && isScalar(pair.key) && pair.key.type === Scalar.PLAIN) {
        merged.push(...mapsOf(value));
        if (mapsOf(value).length === 0) {
          this.problems.push(
            this.#places.problem(keyOffset, "<<: takes a mapping or a list of mappings", path.join(".")),
          );
        }
        continue;
      }
      this.#set(own, key, { keyAt: this.#places.at(keyOffset), value }, path);
    }
    this.#open.delete(map);
    // What is written in the mapping itself wins, then the first of what is merged in.
    for (const from of merged) {
      for (const [key, entry] of from.entries) if (!own.entries.has(key)) own.entries.set(key, entry);
    }
    return own;
  }

  #set(map: MapNode, key: string, entry: Entry, path: string[]): void {
    const former = map.entries.get(key);
    if (former) {
      this.warnings.push({
        ...entry.keyAt,
        path: [...path, key].join("."),
        message: `written twice, here and in line ${former.keyAt.line}; this one counts`,
      });
    }
    map.entries.set(key, entry);
  }
}

function mapsOf(node: Node): MapNode[] {
  if (node.kind === "map") return [node];
  if (node.kind === "list") return node.items.filter((item) => item.kind === "map");
  return [];
}

function rangeStart(value: unknown): number | null {
  if (typeof value !== "object" || value === null || !("range" in value)) return null;
  const range: unknown = value.range;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : null;
}
