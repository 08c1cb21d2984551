import { jsonSchema } from "../../packages/core/src/config/schema/json-schema.ts";
import { eventsSchema } from "../../packages/core/src/events/json-schema.ts";

/** The text of `schema/deploy.schema.json`, which editors check `config/deploy.yml` against. */
export function jsonSchemaFile(): string {
  return text(jsonSchema());
}

/** The text of `schema/events.schema.json`, which says what a line of `--json` can be. */
export function eventsSchemaFile(): string {
  return text(eventsSchema());
}

function text(schema: Record<string, unknown>): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
