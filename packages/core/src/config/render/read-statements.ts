import { ExpressionReader } from "./read-expression.ts";
import type { Expression, Statement } from "./ruby-forms.ts";
import { Scanner } from "./scanner.ts";

/** The statements of a whole `<% %>`. */
export function readStatements(code: string): Statement[] | null {
  const scanner = new Scanner(code);
  const reader = new StatementReader(scanner);
  const statements: Statement[] = [];
  scanner.skip(/[\s;]*/y);
  while (scanner.rest !== "") {
    const statement = reader.statement();
    // What follows a statement on its line has to end it.
    if (!statement || scanner.takeOnLine(/[;\n]|$/y) === null) return null;
    statements.push(...statement);
    scanner.skip(/[\s;]*/y);
  }
  return statements;
}

/** A reader by recursive descent; each method takes what it understands or returns null. */
class StatementReader {
  readonly #code: Scanner;
  readonly #expression: ExpressionReader;

  constructor(code: Scanner) {
    this.#code = code;
    this.#expression = new ExpressionReader(code);
  }

  statement(): Statement[] | null {
    if (this.#code.take(/begin\b/y)) return this.#guarded();
    if (this.#code.take(/if\s+File\.exists?\?/y)) return this.#ifExists();
    return this.#simple();
  }

  #simple(): Statement[] | null {
    if (this.#code.take(/require\s*\(?\s*(["'])dotenv\/load\1(\s*\))?/y)) {
      this.#code.takeOnLine(/rescue\s+nil\b/y);
      return [{ kind: "dotenv", files: [], overwrite: false, ifExists: null }];
    }
    if (this.#code.take(/require\s*\(?\s*(["'])dotenv\1(\s*\))?/y)) {
      this.#code.takeOnLine(/rescue\s+nil\b/y);
      return [{ kind: "nothing" }];
    }
    const load = this.#code.take(/Dotenv\.(load|overload)(!?)/y);
    if (!load) return null;
    const call = this.#dotenvArguments();
    if (!call) return null;
    let ifExists: Expression | null = null;
    if (this.#code.takeOnLine(/if\s+File\.exists?\?/y)) {
      ifExists = this.#expression.inParentheses() ?? this.#expression.joined();
      if (!ifExists) return null;
    }
    this.#code.takeOnLine(/rescue\s+nil\b/y);
    return [
      { kind: "dotenv", files: call.files, overwrite: call.overwrite || load.includes("overload"), ifExists },
    ];
  }

  /** `begin … rescue LoadError … end`: what it guards against cannot happen here. */
  #guarded(): Statement[] | null {
    const statements: Statement[] = [];
    this.#code.skip(/[\s;]*/y);
    while (!this.#code.take(/rescue\b(\s+LoadError)?(\s*=>\s*\w+)?/y)) {
      const statement = this.#simple();
      if (!statement) return null;
      statements.push(...statement);
      this.#code.skip(/[\s;]*/y);
    }
    this.#code.skip(/[\s;]*/y);
    this.#code.take(/nil\b/y);
    this.#code.skip(/[\s;]*/y);
    return this.#code.take(/end\b/y) ? statements : null;
  }

  #ifExists(): Statement[] | null {
    const path = this.#expression.inParentheses() ?? this.#expression.joined();
    if (!path) return null;
    const statements: Statement[] = [];
    this.#code.skip(/[\s;]*(then\b)?/y);
    while (!this.#code.take(/end\b/y)) {
      const statement = this.#simple();
      if (!statement) return null;
      for (const one of statement) statements.push(one.kind === "dotenv" ? { ...one, ifExists: path } : one);
      this.#code.skip(/[\s;]*/y);
    }
    return statements;
  }

  #dotenvArguments(): { files: Expression[]; overwrite: boolean } | null {
    const files: Expression[] = [];
    let overwrite = false;
    const parenthesised = this.#code.takeOnLine(/\(/y) !== null;
    if (!parenthesised && this.#code.sees(/[;\n]|$/y)) return { files, overwrite };
    if (!parenthesised && this.#code.sees(/(if|rescue)\b/y)) return { files, overwrite };
    if (parenthesised && this.#code.take(/\)/y)) return { files, overwrite };
    do {
      const option = this.#code.take(/overwrite:\s*(true|false)/y);
      if (option) overwrite = option.endsWith("true");
      else {
        const file = this.#expression.joined();
        if (!file) return null;
        files.push(file);
      }
    } while (this.#code.take(/,/y));
    if (parenthesised && !this.#code.take(/\)/y)) return null;
    return { files, overwrite };
  }
}
