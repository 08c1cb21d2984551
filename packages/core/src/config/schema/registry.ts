import { z } from "zod";
import { filledText, inWords, optional, text } from "./fields.ts";

/** A value, or `[NAME]`: the secret that holds it. */
const valueOrSecret = z.union(
  [filledText, z.array(filledText).length(1, { error: "expected one secret's name" })],
  {
    error: "expected text, or a list with one secret's name",
  },
);

/** `registry`, at the root and of an accessory. */
export const registry = z.strictObject({
  server: optional(
    text,
    "Its address. `localhost:PORT` means the same as `registry: none`.",
    inWords("Docker Hub"),
  ),
  username: optional(valueOrSecret, "The user, or a list with the secret that holds it."),
  password: optional(valueOrSecret, "A list with the secret that holds it."),
});

/** `registry` at the root, which can be `none`. */
export const appRegistry = z.union([registry, z.literal("none")], {
  error: "expected a mapping (key: value), or none to send images over SSH",
});

export type RegistryFile = z.output<typeof registry>;
