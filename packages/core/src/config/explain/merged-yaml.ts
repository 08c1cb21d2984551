import { Document, isMap, isPair, isScalar, isSeq, type Node as YamlNode } from "yaml";
import { type MapNode, nodeAt, toPlain } from "../parse/tree.ts";
import { hiddenAt } from "./hidden.ts";

/**
 * What the files say together, as one file: destination merged, ERB done, secrets hidden. Each value
 * is followed by the file and line it came from.
 */
export function mergedYaml(merged: MapNode): string {
  const document = new Document(hiddenAt([], toPlain(merged)), { aliasDuplicateObjects: false });
  annotate(document.contents, merged, []);
  return document.toString({ lineWidth: 0 });
}

function annotate(node: YamlNode | null, merged: MapNode, path: (string | number)[]): void {
  if (isMap(node)) {
    for (const pair of node.items) {
      if (isPair(pair) && isScalar(pair.key)) {
        annotate(pair.value as YamlNode | null, merged, [...path, String(pair.key.value)]);
      }
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) annotate(item as YamlNode, merged, [...path, index]);
  } else if (isScalar(node)) {
    const at = nodeAt(merged, path)?.at;
    if (at) node.comment = ` ${at.file}:${at.line}`;
  }
}
