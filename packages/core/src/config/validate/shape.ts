import { z } from "zod";
import type { Path } from "../parse/tree.ts";

/** The schemas a value may be checked by, with what wraps them (optional, transforms, alternatives) taken off. */
export function alternatives(schema: unknown): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional) return alternatives(schema.unwrap());
  if (schema instanceof z.ZodPipe) return alternatives(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(alternatives);
  return schema instanceof z.ZodType ? [schema] : [];
}

/** The schemas for the value at a path below `schema`. */
export function schemasAt(schema: unknown, path: Path): z.core.$ZodType[] {
  const [step, ...rest] = path;
  if (step === undefined) return alternatives(schema);
  return alternatives(schema).flatMap((one) => {
    if (one instanceof z.ZodObject) return schemasAt(one.shape[String(step)], rest);
    if (one instanceof z.ZodRecord) return schemasAt(one.valueType, rest);
    if (one instanceof z.ZodArray) return schemasAt(one.element, rest);
    return [];
  });
}

/** The keys that a mapping at a path may have; empty where they are the user's own names. */
export function keysAt(schema: unknown, path: Path): string[] {
  const keys = new Set<string>();
  for (const one of schemasAt(schema, path)) {
    if (one instanceof z.ZodObject) for (const key of Object.keys(one.shape)) keys.add(key);
  }
  return [...keys];
}

/** Every path whose last part is `key`, with `*` for the user's own names, the shortest first. */
export function pathsOfKey(schema: unknown, key: string, path: string[] = []): string[] {
  const found: string[] = [];
  for (const one of alternatives(schema)) {
    if (one instanceof z.ZodObject) {
      for (const [name, child] of Object.entries(one.shape)) {
        if (name === key) found.push([...path, name].join("."));
        found.push(...pathsOfKey(child, key, [...path, name]));
      }
    } else if (one instanceof z.ZodRecord) {
      found.push(...pathsOfKey(one.valueType, key, [...path, "*"]));
    }
  }
  return [...new Set(found)].sort((a, b) => a.split(".").length - b.split(".").length);
}
