import picocolors from "picocolors";

/** The few ways in which text is set apart. Each returns its text unchanged when colour is off. */
export interface Palette {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  caution(text: string): string;
  accent(text: string): string;
}

export type ColorChoice = "auto" | "always" | "never";

export function palette(enabled: boolean): Palette {
  const colors = picocolors.createColors(enabled);
  return {
    bold: (text) => colors.bold(text),
    dim: (text) => colors.dim(text),
    good: (text) => colors.green(text),
    bad: (text) => colors.red(text),
    caution: (text) => colors.yellow(text),
    accent: (text) => colors.cyan(text),
  };
}

/**
 * Whether to colour what goes to a stream. `--color` decides; without it NO_COLOR (any value
 * but the empty one, as no-color.org has it), then whether a person is looking.
 */
export function wantsColor(
  choice: ColorChoice,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (choice !== "auto") return choice === "always";
  if (env["NO_COLOR"]) return false;
  return isTerminal && env["TERM"] !== "dumb";
}
