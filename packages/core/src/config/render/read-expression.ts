import type { Expression } from "./ruby-forms.ts";
import { Scanner } from "./scanner.ts";

/** The expression of a whole `<%= %>`. */
export function readExpression(code: string): Expression | null {
  const scanner = new Scanner(code);
  const expression = new ExpressionReader(scanner).either();
  return expression && scanner.rest.trim() === "" ? expression : null;
}

const CLOSING: Record<string, string> = { "(": ")", "{": "}", "[": "]" };

/** A reader by recursive descent; each method takes what it understands or returns null. */
export class ExpressionReader {
  readonly #code: Scanner;

  constructor(code: Scanner) {
    this.#code = code;
  }

  /** `a || b || …`, the first that is not nil. */
  either(): Expression | null {
    let left = this.joined();
    while (left && this.#code.take(/\|\|/y)) {
      const right = this.joined();
      left = right && { kind: "or", left, right };
    }
    return left;
  }

  /** `a + b`. */
  joined(): Expression | null {
    let left = this.#trimmed();
    while (left && this.#code.takeOnLine(/\+/y)) {
      const right = this.#trimmed();
      left = right && { kind: "join", left, right };
    }
    return left;
  }

  /** Something, then `.strip` or `.chomp`. */
  #trimmed(): Expression | null {
    let of = this.#primary();
    for (;;) {
      const method = of && this.#code.take(/\.(strip|chomp)\b(?![?!(])/y);
      if (!of || !method) return of;
      of = { kind: "strip", of, how: method === ".strip" ? "strip" : "chomp" };
    }
  }

  #primary(): Expression | null {
    return (
      this.#environment() ?? this.#fileAccess() ?? this.#command() ?? this.#literal() ?? this.inParentheses()
    );
  }

  #environment(): Expression | null {
    if (this.#code.take(/ENV\s*\[/y)) {
      const name = this.#literal();
      if (!name || !this.#code.take(/\]/y)) return null;
      return { kind: "env", name, mode: "nil", otherwise: null };
    }
    if (!this.#code.take(/ENV\.fetch\s*\(/y)) return null;
    const name = this.#literal();
    if (!name) return null;
    let otherwise: Expression | null = null;
    if (this.#code.take(/,/y)) {
      otherwise = this.either();
      if (!otherwise) return null;
    }
    if (!this.#code.take(/\)/y)) return null;
    const block = this.#code.take(/\{(?!\s*\|)/y) ? "}" : this.#code.take(/do\b/y) ? "end" : null;
    if (block !== null) {
      otherwise = this.either();
      if (!otherwise || !this.#code.take(block === "}" ? /\}/y : /end\b/y)) return null;
    }
    return { kind: "env", name, mode: "required", otherwise };
  }

  #fileAccess(): Expression | null {
    const call = this.#code.take(/File\.(read|expand_path)\s*\(/y);
    if (!call) return null;
    const path = this.joined();
    if (!path) return null;
    if (call.includes("expand_path") && this.#code.take(/,/y) && !this.#code.take(/__dir__|Dir\.pwd/y))
      return null;
    if (!this.#code.take(/\)/y)) return null;
    return call.includes("read") ? { kind: "file", path } : { kind: "path", path };
  }

  #command(): Expression | null {
    const backticks = this.#code.take(/`([^`\\#]|#(?!\{)|\\[^`])*`/y);
    if (backticks !== null) return { kind: "command", line: unescaped(backticks.slice(1, -1)) };
    const open = this.#code.take(/%x[({[]/y);
    const closing = CLOSING[open?.at(-1) ?? ""];
    if (open === null || closing === undefined) return null;
    const to = this.#code.rest.indexOf(closing);
    const line = this.#code.rest.slice(0, Math.max(to, 0));
    // Brackets inside the command would have to be counted; Ruby does, we do not.
    if (to < 0 || line.includes("#{") || line.includes(open.at(-1) ?? "")) return null;
    this.#code.advance(to + 1);
    return { kind: "command", line: unescaped(line) };
  }

  #literal(): Expression | null {
    const single = this.#code.take(/'([^'\\]|\\.)*'/y);
    if (single !== null) return { kind: "text", value: single.slice(1, -1).replace(/\\(['\\])/g, "$1") };
    const double = this.#code.take(/"([^"\\#]|#(?![{@$])|\\[ntr"\\#])*"/y);
    if (double !== null) return { kind: "text", value: unescaped(double.slice(1, -1)) };
    const number = this.#code.take(/\d+(\.\d+)?(?![\w.])/y);
    if (number !== null) return { kind: "text", value: number };
    if (this.#code.take(/nil\b/y)) return { kind: "nil" };
    const word = this.#code.take(/(true|false)\b/y);
    return word === null ? null : { kind: "text", value: word };
  }

  /** `( a )`. */
  inParentheses(): Expression | null {
    return this.#code.attempt(() => {
      const inner = this.#code.take(/\(/y) ? this.either() : null;
      return inner && this.#code.take(/\)/y) ? inner : null;
    });
  }
}

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r" };

function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, character: string) => ESCAPES[character] ?? character);
}
