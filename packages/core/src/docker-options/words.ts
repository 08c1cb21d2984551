/** A line as words, or why it has none. */
export type Split = { words: string[] } | { problem: string };

/**
 * Splits a command line into words as a shell does: blanks separate, quotes and backslashes hold
 * together. Nothing is expanded. A line that needs a shell to mean anything (`a && b`, `$PORT`
 * outside single quotes at the top level, redirections) is given to one in the container: `sh -c`.
 */
export function splitWords(line: string): Split {
  const read = readWords(line);
  if ("problem" in read) return read;
  return { words: read.needsShell ? ["sh", "-c", line.trim()] : read.words };
}

/** A line's words, and whether a shell would read more into it; or why it has none. */
export type ReadWords = { words: string[]; needsShell: boolean } | { problem: string };

/** Splits a line into words as {@link splitWords} does, whatever a shell would make of them. */
export function readWords(line: string): ReadWords {
  const words: string[] = [];
  let word: string | null = null;
  let needsShell = false;
  const add = (part: string) => {
    word = (word ?? "") + part;
  };
  const token =
    /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|(\s+)|(&&|\|\||[|;&<>`]|\$[({A-Za-z_])|([\s\S])/gy;
  for (const [whole, single, double, escaped, blank, shell, plain] of line.matchAll(token)) {
    if (single !== undefined) add(single);
    else if (double !== undefined)
      add(double.replace(/\\([\\"$`\n])/g, (_, kept: string) => (kept === "\n" ? "" : kept)));
    else if (escaped === "\n") continue;
    else if (escaped !== undefined) add(escaped);
    else if (blank !== undefined) {
      if (word !== null) words.push(word);
      word = null;
    } else if (shell !== undefined) {
      needsShell = true;
      add(whole);
    } else if (plain === "'" || plain === '"') return { problem: `a ${plain} is not closed` };
    else if (plain === "\\") return { problem: "it ends with a backslash" };
    else add(whole);
  }
  if (word !== null) words.push(word);
  return { words, needsShell };
}
