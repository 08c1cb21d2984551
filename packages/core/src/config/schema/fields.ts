import { z } from "zod";

/** Text. Numbers and booleans are taken too, since YAML makes them of `8080` and `yes`. */
export const text = z
  .union([z.string(), z.number(), z.boolean()], { error: "expected text" })
  .transform((value) => String(value));

/** Text that is no mere blank. */
export const filledText = text.refine((value) => value.trim() !== "", { error: "must not be empty" });

export const httpsUrl = text.refine((value) => value.startsWith("https://") && URL.canParse(value), {
  error: "expected an https URL",
});

export const texts = z.array(text);

/** `a,b` or a list. */
export const commaTexts = z
  .union([z.array(text), text], { error: "expected text (commas between several) or a list of texts" })
  .transform((value) =>
    (Array.isArray(value) ? value : value.split(","))
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  );

/** Text by name. */
export const textMap = z.record(z.string(), text);

/** Text by name; a name may have no value yet, as when its ERB printed nothing. */
export const emptyableTextMap = z.record(z.string(), z.union([text, z.null()], { error: "expected text" }));

export const flag = z.boolean();

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

const DURATION = "expected seconds, such as 30, or a time with its unit, such as 500ms, 30s or 2m";
const SIZE = "expected bytes, such as 1000000, or a size with its unit, such as 10m";

/** Seconds as a number, or a number with `ms`, `s`, `m` or `h`. Comes out as milliseconds. */
export const duration = z
  .union([z.number().nonnegative(DURATION), z.string().regex(/^\d+(\.\d+)?\s*(ms|s|m|h)?$/, DURATION)], {
    error: DURATION,
  })
  .transform((value) => {
    const [, amount = "0", unit = "s"] = /^([\d.]+)\s*(\w*)$/.exec(String(value)) ?? [];
    return Math.round(Number(amount) * (UNIT_MS[unit || "s"] ?? 1000));
  })
  .meta({ takes: "a time" });

/** A duration where none at all would leave no chance: nothing could be waited for. */
export const someDuration = duration.refine((ms) => ms > 0, { error: "must be more than 0" });

const UNIT_BYTES: Record<string, number> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Bytes as a number, or a number with `k`, `m` or `g` (powers of 1024). Comes out as bytes. */
export const size = z
  .union(
    [z.number().int(SIZE).nonnegative(SIZE), z.string().regex(/^\d[\d_]*(\.\d+)?\s*[bkmgBKMG]?[bB]?$/, SIZE)],
    {
      error: SIZE,
    },
  )
  .transform((value) => {
    const [, amount = "0", unit = "b"] =
      /^([\d.]+)\s*([bkmg]?)/i.exec(String(value).replaceAll("_", "")) ?? [];
    return Math.round(Number(amount) * (UNIT_BYTES[unit.toLowerCase() || "b"] ?? 1));
  })
  .meta({ takes: "a size" });

/** A whole number of at least `least`. Digits in quotes are taken too. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER) {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  const error = `expected a whole number ${range}`;
  return z
    .union([z.number(), z.string().regex(/^\d+$/, error)], { error })
    .transform(Number)
    .refine((value) => Number.isInteger(value) && value >= least && value <= most, {
      error: `must be a whole number ${range}`,
    })
    .meta({ takes: "a whole number" });
}

export const port = wholeNumber(1, 65_535);

/** Text by name where a name may stand alone (`true`) or more than once (a list): flags of `docker run`. */
export const dockerFlags = z.record(
  z.string(),
  z.union([z.boolean(), text, z.array(text)], { error: "expected text, true, or a list of texts" }),
);

/** A default that cannot be written in a file. */
interface InWords {
  inWords: string;
}

/** What is done where a key is left out, when that is no value that could be written instead. */
export function inWords(text: string): InWords {
  return { inWords: text };
}

/** A field that may be left out; what it is then is said in the schema and the reference. */
export function optional<T extends z.ZodType>(schema: T, description: string, byDefault?: unknown) {
  return schema.optional().meta({ description, ...(byDefault === undefined ? {} : { byDefault }) });
}

/** What a field of a schema says of itself; null for one that says nothing. */
export function described(field: z.core.$ZodType): Described | null {
  const meta = field instanceof z.ZodType ? field.meta() : undefined;
  if (meta?.description === undefined) return null;
  const byDefault = meta["byDefault"];
  const words =
    typeof byDefault === "object" && byDefault !== null && "inWords" in byDefault ? byDefault : null;
  return {
    description: meta.description,
    required: !(field instanceof z.ZodOptional),
    value: words ? undefined : byDefault,
    words: words ? String(words.inWords) : null,
  };
}

/** What the schema says of a key. */
export interface Described {
  description: string;
  required: boolean;
  /** What it is by default, as it would be written. Undefined: nothing that could be. */
  value: unknown;
  /** What it is by default, in words. Null: nothing more than `value` says. */
  words: string | null;
}
