/** What an alias stands for, by its name. */
export type Aliases = ReadonlyMap<string, readonly string[]>;

/**
 * Puts what an alias stands for in its place, as often as that begins with an alias again. What was
 * typed before and after it stays where it is.
 *
 * @param verbs what is a verb already, and so never an alias
 * @param firstWord the first word that is neither an option nor an option's value
 */
export function withoutAlias(
  words: readonly string[],
  verbs: ReadonlySet<string>,
  aliases: Aliases,
  firstWord: (words: readonly string[]) => string | undefined,
): string[] {
  const used = new Set<string>();
  let expanded = [...words];
  for (;;) {
    const name = firstWord(expanded);
    const line = name === undefined || verbs.has(name) || used.has(name) ? undefined : aliases.get(name);
    if (name === undefined || line === undefined) return expanded;
    used.add(name);
    const at = expanded.indexOf(name);
    expanded = [...expanded.slice(0, at), ...line, ...expanded.slice(at + 1)];
  }
}
