import type { ColorChoice } from "../render/palette.ts";

const CHOICES: readonly ColorChoice[] = ["auto", "always", "never"];

/** What a command line that could not be understood says of colours all the same. */
export function colorTyped(typed: readonly string[]): ColorChoice {
  const at = typed.findLastIndex((word) => /^--(no-)?color(=|$)/.test(word));
  const word = typed[at];
  if (word === undefined) return "auto";
  if (word === "--no-color") return "never";
  const value = word.split("=")[1] ?? typed[at + 1];
  const choice = CHOICES.find((one) => one === value);
  return choice ?? (word === "--color" ? "always" : "auto");
}
