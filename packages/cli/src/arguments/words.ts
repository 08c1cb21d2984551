/**
 * What was typed, brought into the one form that the parser knows. Everything after `--` is left
 * as it is: it belongs to somebody else.
 *
 * - underscores in the names of our options become dashes: `--skip_push`
 * - `-h` without a value is a wish for help; with one it names hosts
 * - `--version` alone asks for ours
 * - `help VERB` is `VERB --help`
 * - no verb means `deploy`
 *
 * @param typed the arguments after the program's name
 * @param optionNames every long option there is, such as `--skip-push`
 * @param firstWord the first word that is neither an option nor an option's value
 */
export function understood(
  typed: readonly string[],
  optionNames: ReadonlySet<string>,
  firstWord: (words: readonly string[]) => string | undefined,
): string[] {
  const end = typed.includes("--") ? typed.indexOf("--") : typed.length;
  const ours = typed.slice(0, end).map((word) => withDashes(word, optionNames));
  const rest = typed.slice(end);
  if (ours.length === 1 && ours[0] === "--version") return ["version"];
  if (ours[0] === "help") return [...ours.slice(1).filter((word) => word !== "help"), "--help"];
  const words = ours.map((word, at) => (word === "-h" && !hasValue(ours[at + 1]) ? "--help" : word));
  const needsVerb = firstWord(words) === undefined && !words.includes("--help");
  return [...(needsVerb ? ["deploy"] : []), ...words, ...rest];
}

const hasValue = (next: string | undefined) => next !== undefined && !next.startsWith("-");

function withDashes(word: string, optionNames: ReadonlySet<string>): string {
  const [name = ""] = word.split("=", 1);
  const dashed = name.replaceAll("_", "-");
  return optionNames.has(dashed) ? dashed + word.slice(name.length) : word;
}
