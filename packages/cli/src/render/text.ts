import { stripVTControlCharacters } from "node:util";

/**
 * A span of time as a person says it.
 *
 * @param ms milliseconds
 * @example duration(640) // "0.6 s"
 * @example duration(75_000) // "1 m 15 s"
 */
export function duration(ms: number): string {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, "0")} s`;
}

/** The time of day, `14:03:09`, of milliseconds since the epoch; `offsetMinutes` is what is added to UTC. */
export function timeOfDay(at: number, offsetMinutes: number): string {
  return new Date(at + offsetMinutes * 60_000).toISOString().slice(11, 19);
}

/**
 * One line of what another program wrote, without what could move the cursor or recolour the screen.
 * Of a line redrawn with carriage returns, the last state is kept.
 */
export function plainLine(text: string): string {
  const line = stripVTControlCharacters(text).trimEnd();
  const last = line.slice(line.lastIndexOf("\r") + 1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return last.replaceAll("\t", "  ").replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, "");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
const escapeOrCharacter = /(\u001b\[[0-9;]*m)|./gsu;

/**
 * Cuts a line to `width` columns, colours not counted and never cut in two. What was cut shows as `…`.
 */
export function clip(line: string, width: number): string {
  if (stripVTControlCharacters(line).length <= width) return line;
  let columns = 0;
  let clipped = "";
  let colored = false;
  for (const [part, color] of line.matchAll(escapeOrCharacter)) {
    if (color !== undefined) {
      clipped += part;
      colored = true;
    } else if (columns < width - 1) {
      clipped += part;
      columns += 1;
    }
  }
  return colored ? `${clipped}…\u001b[0m` : `${clipped}…`;
}

/** `1 host`, `2 hosts`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
}

/** Text with full commit hashes cut to the seven digits by which git shows them. For eyes only, not to copy. */
export function withShortHashes(text: string): string {
  return text.replaceAll(/(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/g, (hash) => hash.slice(0, 7));
}
