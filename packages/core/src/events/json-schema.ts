import { z } from "zod";
import { deployEvent } from "./event.ts";

/** The last line of a command that has a result. What that holds differs by command. */
const resultLine = z
  .strictObject({
    at: z.number().meta({ description: "Milliseconds since the epoch." }),
    type: z.literal("result"),
    command: z.string(),
    result: z.unknown(),
  })
  .meta({
    description: "What a command came to, as data; the last line of those that have something to say.",
  });

/** One line of `--json`. */
export const jsonLine = z.union([deployEvent, resultLine]);

/** The JSON Schema of one line of `--json`. A later version may add fields, so those it does not know are allowed. */
export function eventsSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(jsonLine, {
    target: "draft-2020-12",
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
    },
  });
  return { $schema, title: "A line of `deploy --json`", ...rest };
}
