import { z } from "zod";
import { alternatives } from "../validate/shape.ts";
import { type Described, described } from "./fields.ts";

/** A key of the file, for the reference. */
export interface Key extends Described {
  name: string;
  /** What it takes, in words: `text`, `true or false`, `a list of texts`. */
  takes: string;
  /** The keys below it; empty where it has none, or they are the user's own names. */
  below: Key[];
}

/** The keys that a mapping may have; below a user's own name they stand under `<name>`. */
export function keysOf(schema: unknown): Key[] {
  return alternatives(schema).flatMap((one) => {
    if (one instanceof z.ZodObject) {
      return Object.entries(one.shape).flatMap(([name, field]) => {
        const said = described(field);
        return said ? [{ ...said, name, takes: takes(field), below: keysOf(field) }] : [];
      });
    }
    if (!(one instanceof z.ZodRecord)) return [];
    const below = keysOf(one.valueType);
    const own = { name: "<name>", description: "", required: false, value: undefined, words: null };
    return below.length === 0 ? [] : [{ ...own, takes: "keys", below }];
  });
}

/** What a field takes, in words. */
export function takes(schema: unknown): string {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  const name = inner instanceof z.ZodType ? inner.meta()?.["takes"] : undefined;
  if (typeof name === "string") return name;
  const kinds = alternatives(schema).map((one) => {
    if (one instanceof z.ZodBoolean) return "true or false";
    if (one instanceof z.ZodNumber) return "a number";
    if (one instanceof z.ZodEnum) return one.options.map((option) => `\`${option}\``).join(" or ");
    if (one instanceof z.ZodArray) return `a list (${takes(one.element)})`;
    if (one instanceof z.ZodObject) return "keys";
    if (one instanceof z.ZodRecord) return `names with ${takes(one.valueType)}`;
    return "text";
  });
  // Text takes numbers and truth values too, since YAML makes them of it; that says nothing to a reader.
  const said = kinds.includes("text") && kinds.includes("true or false") && kinds.includes("a number");
  const telling = said ? kinds.filter((kind) => kind !== "a number" && kind !== "true or false") : kinds;
  return [...new Set(telling)].join(", or ");
}
