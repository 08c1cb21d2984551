import { z } from "zod";
import { alternatives } from "./shape.ts";

/**
 * Takes away keys without a value (`ssh:`) where the schema knows the key: they mean that nothing
 * was set. Below names of the user's own (`env`, `labels`) an empty value stays, to be refused there.
 */
export function dropNulls(schema: unknown, value: unknown): unknown {
  const schemas = alternatives(schema);
  if (Array.isArray(value)) {
    const elements = schemas.filter((one) => one instanceof z.ZodArray);
    const [first] = elements;
    return first ? value.map((item) => dropNulls(first.element, item)) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  const objects = schemas.filter((one) => one instanceof z.ZodObject);
  const records = schemas.filter((one) => one instanceof z.ZodRecord);
  const object = objects.find((one) => Object.keys(value).some((key) => key in one.shape)) ?? null;
  const record = records[0] ?? null;
  const kept: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    if (object && key in object.shape) {
      if (child !== null) kept[key] = dropNulls(object.shape[key], child);
    } else {
      kept[key] = record && !object ? dropNulls(record.valueType, child) : child;
    }
  }
  return kept;
}
