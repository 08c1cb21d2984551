import { z } from "zod";
import type { Path } from "../parse/tree.ts";
import { deployFile } from "../schema/deploy-file.ts";
import { type Described, described } from "../schema/fields.ts";
import { schemasAt } from "../validate/shape.ts";

/** What the schema says of the key at the end of a path; null where it is the user's own name. */
export function describedAt(path: Path): Described | null {
  const key = String(path.at(-1));
  for (const around of schemasAt(deployFile, path.slice(0, -1))) {
    const field = around instanceof z.ZodObject ? around.shape[key] : undefined;
    const found = field ? described(field) : null;
    if (found) return found;
  }
  return null;
}
