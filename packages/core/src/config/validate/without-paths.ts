import { type Path, pathText } from "../parse/tree.ts";

/** A value without what is at some paths in it. */
export function withoutPaths(value: unknown, paths: readonly Path[]): unknown {
  const gone = new Set(paths.map(pathText));
  return copied(value, [], gone);
}

function copied(value: unknown, path: Path, gone: ReadonlySet<string>): unknown {
  const stays = ([key]: [string | number, unknown]) => !gone.has(pathText([...path, key]));
  if (Array.isArray(value)) {
    return [...value.entries()].filter(stays).map(([index, item]) => copied(item, [...path, index], gone));
  }
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(stays);
  return Object.fromEntries(kept.map(([key, item]) => [key, copied(item, [...path, key], gone)]));
}
