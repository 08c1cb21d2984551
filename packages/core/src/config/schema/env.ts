import { z } from "zod";
import { emptyableTextMap, text, texts } from "./fields.ts";

/** The keys that make an `env` one with parts; they are no variables' names. */
export const envParts = ["clear", "secret", "tags"] as const;

const clear = emptyableTextMap.optional().meta({ description: "Value by name, in the open." });
const secret = texts.optional().meta({
  description: "Names of secrets; `NAME:SECRET` where the variable has another name than the secret.",
});

const flatEnv = z
  .record(
    z.string().refine((name) => !envParts.some((part) => part === name)),
    z.union([text, z.null()], { error: "expected text" }),
  )
  .meta({ description: "All variables in the open, value by name." });

/** `env` of a role, an accessory or a tag. */
export const env = z.union([z.strictObject({ clear, secret }), flatEnv]);

/** `env` at the root: the only one with tags. */
export const rootEnv = z.union([
  z.strictObject({
    clear,
    secret,
    tags: z
      .record(z.string(), env)
      .optional()
      .meta({ description: "An `env` for the hosts that carry a tag, by the tag's name." }),
  }),
  flatEnv,
]);

export type EnvFile = z.output<typeof env>;
export type RootEnvFile = z.output<typeof rootEnv>;
