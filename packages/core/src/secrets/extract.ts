import { splitWords } from "../docker-options/words.ts";

/**
 * `kamal secrets extract NAME $VALUES` (or `deploy secrets extract …`), done here: the values are one
 * word however many blanks are in them, and appear in no argument list.
 *
 * @returns null where the line is something else, or asks for more than this
 */
export async function extract(
  line: string,
  lookup: (name: string) => Promise<string | undefined>,
): Promise<string | null> {
  const [, name, variable] =
    /^(?:kamal|deploy|cutover)\s+secrets\s+extract\s+(\S+)\s+"?\$\{?(\w+)\}?"?$/.exec(line) ?? [];
  if (name === undefined || variable === undefined) return null;
  const [wanted = name] = wordsOf(name);
  const values = parsed((await lookup(variable)) ?? "");
  if (values === null) return null;
  const key =
    Object.keys(values).find((candidate) => candidate === wanted) ??
    Object.keys(values).find((candidate) => candidate.endsWith(`/${wanted}`));
  const value = key === undefined ? undefined : values[key];
  return typeof value === "string" ? value : null;
}

function wordsOf(text: string): string[] {
  const split = splitWords(text);
  return "words" in split ? split.words : [];
}

function parsed(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Not JSON: then the command itself may know what to do with it.
    return null;
  }
}
