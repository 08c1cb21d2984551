import { z } from "zod";
import { inWords, optional, text, textMap } from "./fields.ts";

/** `logging`, at the root and of a role. */
export const logging = z.strictObject({
  driver: optional(text, "Docker's log driver.", inWords("the engine's own")),
  options: optional(textMap, "Options of the log driver, as `docker run --log-opt` takes them.", {
    "max-size": "10m",
  }),
});

export type LoggingFile = z.output<typeof logging>;
