import { DeployError } from "../errors/index.ts";

/** A piece of a value. */
export type Part =
  | { kind: "text"; text: string }
  /** `$NAME`, `${NAME}`, or `${NAME:-otherwise}`; `ifEmpty` says whether an empty one counts as missing. */
  | { kind: "variable"; name: string; otherwise: Part[] | null; ifEmpty: boolean }
  /** `$(line)`. */
  | { kind: "command"; line: string };

/** One `NAME=value` of a dotenv file. */
export interface Assignment {
  name: string;
  parts: Part[];
  file: string;
  /** From 1. */
  line: number;
}

/**
 * A dotenv file: `NAME=value`, `export NAME=value`, quotes, comments, `$NAME`, `${NAME:-default}`,
 * `$(command)`. A value in quotes may have several lines. Nothing is run or looked up here.
 *
 * @param file its name for messages
 * @throws DeployError SECRETS_INVALID for a line that is none of these, such as those of a shell script
 */
export function parseDotenv(text: string, file: string): Assignment[] {
  const reader = new Reader(text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n"), file);
  const assignments: Assignment[] = [];
  while (reader.toNextLine()) assignments.push(...reader.line());
  return assignments;
}

class Reader {
  readonly #text: string;
  readonly #file: string;
  #at = 0;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  /** Over blank lines and comments; false at the end. */
  toNextLine(): boolean {
    this.#match(/(?:[ \t]*(?:#[^\n]*)?(?:\n|$))*[ \t]*/y);
    return this.#at < this.#text.length;
  }

  line(): Assignment[] {
    const line = this.#lineNumber();
    const head = this.#match(/(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*(?:=[ \t]*|:[ \t]+)/y);
    if (head === null) {
      // `export NAME` alone says that what is already set is passed on; nothing is to be read.
      if (this.#match(/export[ \t]+[A-Za-z_]\w*[ \t]*(?:#[^\n]*)?(?=\n|$)/y) !== null) return [];
      this.#stranger(line);
    }
    const name = head.replace(/^export[ \t]+/, "").replace(/[ \t]*[=:][ \t]*$/, "");
    return [{ name, parts: this.#value() ?? this.#stranger(line), file: this.#file, line }];
  }

  /** Quotes count where they are around the whole value; anywhere else they are part of it. */
  #value(): Part[] | null {
    const from = this.#at;
    const quoted = this.#quoted();
    if (quoted !== null && this.#endOfLine()) return quoted;
    this.#at = from;
    const plain = withoutBlanksAtEnd(this.#unquoted());
    return this.#endOfLine() ? plain : null;
  }

  #quoted(): Part[] | null {
    const character = this.#text[this.#at];
    if (character === "'") return [{ kind: "text", text: this.#single() }];
    return character === '"' ? this.#double() : null;
  }

  /** Over a comment to the line's end; false where something else stands there. */
  #endOfLine(): boolean {
    return this.#match(/[ \t]*(?:(?<=[ \t"'])#[^\n]*)?(?=\n|$)/y) !== null;
  }

  #single(): string {
    const line = this.#lineNumber();
    const quoted = this.#match(/'[^']*'/y);
    if (quoted === null) throw this.#invalid(line, "a ' is not closed");
    return quoted.slice(1, -1);
  }

  #double(): Part[] {
    const line = this.#lineNumber();
    this.#at += 1;
    const parts: Part[] = [];
    while (this.#text[this.#at] !== '"') {
      const text = this.#match(/[^"\\$]+/y);
      const escaped = text === null ? this.#match(/\\[\s\S]/y) : null;
      if (text !== null) parts.push({ kind: "text", text });
      else if (escaped !== null) parts.push({ kind: "text", text: ESCAPES[escaped] ?? escaped.slice(1) });
      else if (this.#text[this.#at] === "$") parts.push(this.#dollar());
      else throw this.#invalid(line, 'a " is not closed');
    }
    this.#at += 1;
    return parts;
  }

  /** Up to the line's end, or a comment after a blank. */
  #unquoted(): Part[] {
    const parts: Part[] = [];
    for (;;) {
      const text = this.#match(/(?:[^\\$\n#]|(?<![ \t\n])#)+/y);
      const escaped = text === null ? this.#match(/\\[^\n]/y) : null;
      if (text !== null) parts.push({ kind: "text", text });
      else if (escaped !== null) parts.push({ kind: "text", text: escaped.slice(1) });
      else if (this.#match(/\\\n/y) !== null) continue;
      else if (this.#text[this.#at] === "$") parts.push(this.#dollar());
      else return parts;
    }
  }

  #dollar(): Part {
    if (this.#text[this.#at + 1] === "(") return this.#command();
    const variable = this.#match(/\$[A-Za-z_]\w*/y);
    if (variable !== null)
      return { kind: "variable", name: variable.slice(1), otherwise: null, ifEmpty: false };
    const braced = this.#match(/\$\{[A-Za-z_]\w*/y);
    if (braced !== null) return this.#braced(braced.slice(2));
    this.#at += 1;
    return { kind: "text", text: "$" };
  }

  #braced(name: string): Part {
    const line = this.#lineNumber();
    if (this.#match(/\}/y) !== null) return { kind: "variable", name, otherwise: null, ifEmpty: false };
    const operator = this.#match(/:?-/y);
    if (operator === null)
      throw this.#invalid(line, `\${${name}…} can have a default only: \${${name}:-default}`);
    const otherwise: Part[] = [];
    while (this.#match(/\}/y) === null) {
      const text = this.#match(/[^}$\n]+/y);
      if (text !== null) otherwise.push({ kind: "text", text: text.replace(/^(["'])(.*)\1$/, "$2") });
      else if (this.#text[this.#at] === "$") otherwise.push(this.#dollar());
      else throw this.#invalid(line, `\${${name} is not closed`);
    }
    return { kind: "variable", name, otherwise, ifEmpty: operator.startsWith(":") };
  }

  /** `$( … )` to the parenthesis that closes it; those in quotes or after a backslash don't count. */
  #command(): Part {
    const line = this.#lineNumber();
    this.#at += 2;
    const from = this.#at;
    let depth = 1;
    while (depth > 0) {
      const token = this.#match(/'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|[^'"\\()]+|[\s\S]/y);
      if (token === null) throw this.#invalid(line, "a $( is not closed");
      if (token === "(") depth += 1;
      if (token === ")") depth -= 1;
    }
    return { kind: "command", line: this.#text.slice(from, this.#at - 1).trim() };
  }

  #lineNumber(): number {
    return this.#text.slice(0, this.#at).split("\n").length;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    this.#at += found?.[0].length ?? 0;
    return found?.[0] ?? null;
  }

  /** The line may hold part of a secret, so only its first word is shown, and only where it is a shell's. */
  #stranger(line: number): never {
    const text = this.#text.split("\n")[line - 1] ?? "";
    const [word = ""] = /^\s*[\w.]+/.exec(text) ?? [];
    const shell = [
      "if",
      "then",
      "else",
      "fi",
      "for",
      "while",
      "case",
      "function",
      "eval",
      "set",
      "source",
      ".",
      "unset",
      "echo",
      "local",
      "return",
      "exit",
    ];
    const what = shell.includes(word.trim())
      ? `${word.trim()} is a shell's; this file is not run by one`
      : "this is no NAME=value";
    throw this.#invalid(
      line,
      what,
      "Put a script in a file of its own that prints a value, and write NAME=$(./script)",
    );
  }

  #invalid(line: number, message: string, hint?: string): DeployError {
    return new DeployError("SECRETS_INVALID", {
      cause: `${this.#file} cannot be read as secrets: ${message} (line ${line})`,
      details: [`${this.#file}:${line}:1 ${message}`],
      state: "unchanged",
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

const ESCAPES: Record<string, string> = { "\\n": "\n", "\\r": "\r", "\\t": "\t", "\\\n": "" };

function withoutBlanksAtEnd(parts: Part[]): Part[] {
  const last = parts.at(-1);
  if (last?.kind !== "text") return parts;
  return [...parts.slice(0, -1), { kind: "text", text: last.text.replace(/[ \t]+$/, "") }];
}
