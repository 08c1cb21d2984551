import { z } from "zod";
import { deployFile } from "./deploy-file.ts";
import { described } from "./fields.ts";

/** The JSON Schema of `config/deploy.yml`, for editors. */
export function jsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(deployFile, {
    // The dialect that editors' YAML support reads.
    target: "draft-7",
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      sayDefault(zodSchema, jsonSchema);
      allowBareKeys(jsonSchema);
    },
  });
  const { $schema, ...rest } = schema;
  return {
    $schema,
    title: "Cutover's config/deploy.yml",
    ...rest,
    // Root keys that begin with x- are the user's own, mostly for anchors.
    patternProperties: { "^x-": {} },
  };
}

/** Editors show the default, and offer it: so only what could be written. */
function sayDefault(field: z.core.$ZodType, schema: z.core.JSONSchema.BaseSchema): void {
  delete schema["byDefault"];
  delete schema["takes"];
  const said = described(field);
  if (said?.value !== undefined) schema.default = said.value as z.core.JSONSchema.BaseSchema["default"] & {};
}

/** A key without a value (`ssh:`) sets nothing and is allowed where the key may be left out. */
function allowBareKeys(schema: z.core.JSONSchema.BaseSchema): void {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (typeof property === "boolean" || schema.required?.includes(name)) continue;
    if (property.type === "object") Object.assign(property, { type: ["object", "null"] });
    else if (property.anyOf) property.anyOf = [...property.anyOf, { type: "null" }];
  }
}
