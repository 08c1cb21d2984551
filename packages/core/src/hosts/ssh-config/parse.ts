import { type Line, LineType, parse } from "ssh-config";
import type { SshConfigEntry } from "./entry.ts";

/** Brings in the files that an `Include` names. */
export type Include = (pattern: string) => Promise<SshConfigEntry[]>;

/**
 * Reads the text of an ssh_config file.
 *
 * @throws Error with a sentence where it is none
 */
export function parseSshConfig(text: string, include: Include): Promise<SshConfigEntry[]> {
  return entriesOf(parse(text.replaceAll("\r\n", "\n")), include);
}

async function entriesOf(lines: readonly Line[], include: Include): Promise<SshConfigEntry[]> {
  const entries = await Promise.all(lines.map((line) => entryOf(line, include)));
  return entries.filter((entry) => entry !== null);
}

async function entryOf(line: Line, include: Include): Promise<SshConfigEntry | null> {
  if (line.type !== LineType.DIRECTIVE) return null;
  const keyword = line.param.toLowerCase();
  const words = wordsOf(line.value);
  if (keyword === "include") {
    const included = await Promise.all(words.map(include));
    return { kind: "included", entries: included.flat() };
  }
  if ("criteria" in line) {
    const criteria = Object.entries(line.criteria).map(([name, value]) => {
      return { name: name.toLowerCase(), value: typeof value === "string" ? value : "" };
    });
    const written = `Match ${words.join(" ")}`;
    return { kind: "match", criteria, written, entries: await entriesOf(line.config, include) };
  }
  if ("config" in line)
    return { kind: "host", patterns: words, entries: await entriesOf(line.config, include) };
  return { kind: "setting", keyword, value: textOf(line.value) };
}

type Value = Extract<Line, { type: typeof LineType.DIRECTIVE }>["value"];

function wordsOf(value: Value): string[] {
  return typeof value === "string" ? [value] : value.map(({ val }) => val);
}

/** A command's words with the quotes that its shell needs. */
function textOf(value: Value): string {
  if (typeof value === "string") return value;
  return value.map(({ val, quoted }) => (quoted ? `"${val.replaceAll('"', '\\"')}"` : val)).join(" ");
}
