import { jsonSchema } from "../../packages/core/src/config/schema/json-schema.ts";

/** The text of `schema/deploy.schema.json`, which editors check `config/deploy.yml` against. */
export function jsonSchemaFile(): string {
  return `${JSON.stringify(jsonSchema(), null, 2)}\n`;
}
