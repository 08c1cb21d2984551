import { z } from "zod";
import type { Path } from "../parse/tree.ts";
import { deployFile } from "../schema/deploy-file.ts";
import { alternatives, schemasAt } from "../validate/shape.ts";

/** What the schema says of a key. */
export interface Described {
  description: string;
  /** As it would be written in the file, or in words. Undefined: there is none. */
  byDefault: unknown;
  required: boolean;
}

/** What the schema says of the key at the end of a path; null where it is the user's own name. */
export function describedAt(path: Path): Described | null {
  const key = String(path.at(-1));
  for (const around of schemasAt(deployFile, path.slice(0, -1)).flatMap(alternatives)) {
    const field = around instanceof z.ZodObject ? around.shape[key] : undefined;
    const described = field instanceof z.ZodType ? describedBy(field) : null;
    if (described) return described;
  }
  return null;
}

/** What a field's own schema says of it. */
export function describedBy(field: z.ZodType): Described | null {
  const meta = field.meta();
  if (meta?.description === undefined) return null;
  return {
    description: meta.description,
    byDefault: meta["default"],
    required: !(field instanceof z.ZodOptional),
  };
}
