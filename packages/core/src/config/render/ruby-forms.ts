/**
 * The few forms of Ruby that configuration files use most, recognised exactly. Anything else is
 * null: a half-understood Ruby would be silently wrong about production.
 */
export type Expression =
  | { kind: "text"; value: string }
  | { kind: "nil" }
  | { kind: "env"; name: Expression; mode: "nil" | "required"; otherwise: Expression | null }
  | { kind: "or"; left: Expression; right: Expression }
  | { kind: "join"; left: Expression; right: Expression }
  | { kind: "command"; line: string }
  | { kind: "file"; path: Expression }
  | { kind: "path"; path: Expression }
  | { kind: "strip"; of: Expression; how: "strip" | "chomp" };

/** A statement that a `<% %>` may hold. */
export type Statement =
  | { kind: "nothing" }
  | { kind: "dotenv"; files: Expression[]; overwrite: boolean; ifExists: Expression | null };

/** The expression of a whole `<%= %>`. */
export function readExpression(code: string): Expression | null {
  const reader = new Reader(code);
  const expression = reader.either();
  return expression && reader.atEnd() ? expression : null;
}

/** The statements of a whole `<% %>`. */
export function readStatements(code: string): Statement[] | null {
  const reader = new Reader(code);
  const statements: Statement[] = [];
  while (!reader.atEnd()) {
    const statement = reader.statement();
    if (!statement) return null;
    statements.push(...statement);
    if (!reader.endOfStatement()) return null;
  }
  return statements;
}

const CLOSING: Record<string, string> = { "(": ")", "{": "}", "[": "]" };

/** A reader by recursive descent; each method takes what it understands or returns null. */
class Reader {
  readonly #code: string;
  #at = 0;

  constructor(code: string) {
    this.#code = code;
  }

  atEnd(): boolean {
    this.#skip(/[\s;]*/y);
    return this.#at >= this.#code.length;
  }

  /** Over what ends a statement: false where something else follows it. */
  endOfStatement(): boolean {
    return this.#takeOnLine(/[;\n]|$/y) !== null;
  }

  /** `a || b || …`, the first that is not nil. */
  either(): Expression | null {
    let left = this.#joined();
    while (left && this.#take(/\|\|/y)) {
      const right = this.#joined();
      left = right && { kind: "or", left, right };
    }
    return left;
  }

  statement(): Statement[] | null {
    if (this.#take(/begin\b/y)) return this.#guarded();
    if (this.#take(/if\s+File\.exists?\?/y)) return this.#ifExists();
    return this.#simple();
  }

  #simple(): Statement[] | null {
    if (this.#take(/require\s*\(?\s*(["'])dotenv\/load\1(\s*\))?/y)) {
      this.#takeOnLine(/rescue\s+nil\b/y);
      return [{ kind: "dotenv", files: [], overwrite: false, ifExists: null }];
    }
    if (this.#take(/require\s*\(?\s*(["'])dotenv\1(\s*\))?/y)) {
      this.#takeOnLine(/rescue\s+nil\b/y);
      return [{ kind: "nothing" }];
    }
    const load = this.#take(/Dotenv\.(load|overload)(!?)/y);
    if (!load) return null;
    const call = this.#dotenvArguments();
    if (!call) return null;
    let ifExists: Expression | null = null;
    if (this.#takeOnLine(/if\s+File\.exists?\?/y)) {
      ifExists = this.#inParentheses() ?? this.#joined();
      if (!ifExists) return null;
    }
    this.#takeOnLine(/rescue\s+nil\b/y);
    return [
      { kind: "dotenv", files: call.files, overwrite: call.overwrite || load.includes("overload"), ifExists },
    ];
  }

  /** `begin … rescue LoadError … end`: what it guards against cannot happen here. */
  #guarded(): Statement[] | null {
    const statements: Statement[] = [];
    this.#skip(/[\s;]*/y);
    while (!this.#take(/rescue\b(\s+LoadError)?(\s*=>\s*\w+)?/y)) {
      const statement = this.#simple();
      if (!statement) return null;
      statements.push(...statement);
      this.#skip(/[\s;]*/y);
    }
    this.#skip(/[\s;]*/y);
    this.#take(/nil\b/y);
    this.#skip(/[\s;]*/y);
    return this.#take(/end\b/y) ? statements : null;
  }

  #ifExists(): Statement[] | null {
    const path = this.#inParentheses() ?? this.#joined();
    if (!path) return null;
    const statements: Statement[] = [];
    this.#skip(/[\s;]*(then\b)?/y);
    while (!this.#take(/end\b/y)) {
      const statement = this.#simple();
      if (!statement) return null;
      for (const one of statement) statements.push(one.kind === "dotenv" ? { ...one, ifExists: path } : one);
      this.#skip(/[\s;]*/y);
    }
    return statements;
  }

  #dotenvArguments(): { files: Expression[]; overwrite: boolean } | null {
    const files: Expression[] = [];
    let overwrite = false;
    const parenthesised = this.#takeOnLine(/\(/y) !== null;
    if (!parenthesised && this.#endsLine()) return { files, overwrite };
    if (!parenthesised && this.#peek(/(if|rescue)\b/y)) return { files, overwrite };
    if (parenthesised && this.#take(/\)/y)) return { files, overwrite };
    do {
      const option = this.#take(/overwrite:\s*(true|false)/y);
      if (option) overwrite = option.endsWith("true");
      else {
        const file = this.#joined();
        if (!file) return null;
        files.push(file);
      }
    } while (this.#take(/,/y));
    if (parenthesised && !this.#take(/\)/y)) return null;
    return { files, overwrite };
  }

  /** `a + b`. */
  #joined(): Expression | null {
    let left = this.#trimmed();
    while (left && this.#takeOnLine(/\+/y)) {
      const right = this.#trimmed();
      left = right && { kind: "join", left, right };
    }
    return left;
  }

  /** Something, then `.strip` or `.chomp`. */
  #trimmed(): Expression | null {
    let of = this.#primary();
    for (;;) {
      const method = of && this.#take(/\.(strip|chomp)\b(?![?!(])/y);
      if (!of || !method) return of;
      of = { kind: "strip", of, how: method === ".strip" ? "strip" : "chomp" };
    }
  }

  #primary(): Expression | null {
    return (
      this.#environment() ?? this.#fileAccess() ?? this.#command() ?? this.#literal() ?? this.#inParentheses()
    );
  }

  #environment(): Expression | null {
    if (this.#take(/ENV\s*\[/y)) {
      const name = this.#literal();
      if (!name || !this.#take(/\]/y)) return null;
      return { kind: "env", name, mode: "nil", otherwise: null };
    }
    if (!this.#take(/ENV\.fetch\s*\(/y)) return null;
    const name = this.#literal();
    if (!name) return null;
    let otherwise: Expression | null = null;
    if (this.#take(/,/y)) {
      otherwise = this.either();
      if (!otherwise) return null;
    }
    if (!this.#take(/\)/y)) return null;
    const block = this.#take(/\{(?!\s*\|)/y) ? "}" : this.#take(/do\b/y) ? "end" : null;
    if (block !== null) {
      otherwise = this.either();
      if (!otherwise || !this.#take(block === "}" ? /\}/y : /end\b/y)) return null;
    }
    return { kind: "env", name, mode: "required", otherwise };
  }

  #fileAccess(): Expression | null {
    const call = this.#take(/File\.(read|expand_path)\s*\(/y);
    if (!call) return null;
    const path = this.#joined();
    if (!path) return null;
    if (call.includes("expand_path") && this.#take(/,/y) && !this.#take(/__dir__|Dir\.pwd/y)) return null;
    if (!this.#take(/\)/y)) return null;
    return call.includes("read") ? { kind: "file", path } : { kind: "path", path };
  }

  #command(): Expression | null {
    const backticks = this.#take(/`([^`\\#]|#(?!\{)|\\[^`])*`/y);
    if (backticks !== null) return { kind: "command", line: unescaped(backticks.slice(1, -1)) };
    const open = this.#take(/%x[({[]/y);
    const closing = CLOSING[open?.at(-1) ?? ""];
    if (open === null || closing === undefined) return null;
    const to = this.#code.indexOf(closing, this.#at);
    const line = this.#code.slice(this.#at, to);
    // Brackets inside the command would have to be counted; Ruby does, we do not.
    if (to < 0 || line.includes("#{") || line.includes(open.at(-1) ?? "")) return null;
    this.#at = to + 1;
    return { kind: "command", line: unescaped(line) };
  }

  #literal(): Expression | null {
    const single = this.#take(/'([^'\\]|\\.)*'/y);
    if (single !== null) return { kind: "text", value: single.slice(1, -1).replace(/\\(['\\])/g, "$1") };
    const double = this.#take(/"([^"\\#]|#(?![{@$])|\\[ntr"\\#])*"/y);
    if (double !== null) return { kind: "text", value: unescaped(double.slice(1, -1)) };
    const number = this.#take(/\d+(\.\d+)?(?![\w.])/y);
    if (number !== null) return { kind: "text", value: number };
    if (this.#take(/nil\b/y)) return { kind: "nil" };
    const word = this.#take(/(true|false)\b/y);
    return word === null ? null : { kind: "text", value: word };
  }

  #inParentheses(): Expression | null {
    const from = this.#at;
    const inner = this.#take(/\(/y) ? this.either() : null;
    if (inner && this.#take(/\)/y)) return inner;
    this.#at = from;
    return null;
  }

  #endsLine(): boolean {
    const rest = this.#code.slice(this.#at);
    return /^[ \t]*(\n|;|$)/.test(rest);
  }

  #peek(pattern: RegExp): boolean {
    const from = this.#at;
    const found = this.#takeOnLine(pattern) !== null;
    this.#at = from;
    return found;
  }

  #take(pattern: RegExp): string | null {
    const from = this.#at;
    this.#skip(/\s*/y);
    return this.#match(pattern, from);
  }

  #takeOnLine(pattern: RegExp): string | null {
    const from = this.#at;
    this.#skip(/[ \t]*/y);
    return this.#match(pattern, from);
  }

  #match(pattern: RegExp, from: number): string | null {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#code) ?? [];
    this.#at = found === undefined ? from : this.#at + found.length;
    return found ?? null;
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    this.#at += pattern.exec(this.#code)?.[0].length ?? 0;
  }
}

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r" };

function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, character: string) => ESCAPES[character] ?? character);
}
