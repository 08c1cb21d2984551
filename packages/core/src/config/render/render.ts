import { resolve } from "node:path";
import { readDotenv } from "../../secrets/dotenv.ts";
import type { Environment, Workspace } from "../workspace.ts";
import { evaluate, Unanswerable } from "./evaluate.ts";
import { readExpression } from "./read-expression.ts";
import { readStatements } from "./read-statements.ts";
import type { Expression, Statement } from "./ruby-forms.ts";
import { hasErb, type Piece, piecesOf } from "./tags.ts";
import { renderWithRuby } from "./with-ruby.ts";

/** A text with its ERB done. */
export interface Rendered {
  text: string;
  /** The offset in the file for an offset in the text. */
  offset(rendered: number): number;
  /** The environment as the file's own `Dotenv.load` left it. */
  env: Environment;
}

/** Where in the file something could not be rendered, and why. */
export interface RenderProblem {
  offset: number;
  message: string;
}

/** What is wrong with a file's ERB. */
export interface Unrendered {
  problems: RenderProblem[];
  /** The text with {@link UNKNOWN} for each value that could not be had; null where it would mean nothing. */
  draft: Omit<Rendered, "env"> | null;
}

/** Stands for a value that could not be had, so that the rest can be looked at; a number follows. */
export const UNKNOWN = "value-that-erb-lacks-";

/**
 * Does a file's ERB. The common forms are understood here; a file with any other tag is given whole
 * to the `ruby` on the PATH, so that nothing is half understood.
 */
export async function render(
  text: string,
  workspace: Workspace,
  env: Environment,
): Promise<Rendered | Unrendered> {
  if (!hasErb(text)) return { text, offset: (rendered) => rendered, env };
  const understood = understand(text);
  if ("program" in understood) return carryOut(text, understood.program, workspace, env);
  return renderWithRuby(text, understood.stranger, workspace, env);
}

type Instruction =
  | { kind: "copy"; piece: Piece }
  | { kind: "print"; piece: Piece; expression: Expression }
  | { kind: "do"; piece: Piece; statements: Statement[] };

/** Every tag understood, or the first that was not. */
function understand(
  text: string,
): { program: Instruction[] } | { stranger: { offset: number; code: string } } {
  const pieces = piecesOf(text);
  if (pieces === null) return { stranger: { offset: text.indexOf("<%"), code: "" } };
  const program: Instruction[] = [];
  for (const piece of pieces) {
    if (piece.kind === "text") {
      program.push({ kind: "copy", piece });
      continue;
    }
    const stranger = { offset: piece.from, code: piece.code.trim() };
    if (piece.kind === "print") {
      const expression = readExpression(piece.code);
      if (expression === null) return { stranger };
      program.push({ kind: "print", piece, expression });
    } else {
      const statements = readStatements(piece.code);
      if (statements === null) return { stranger };
      program.push({ kind: "do", piece, statements });
    }
  }
  return { program };
}

async function carryOut(
  text: string,
  program: Instruction[],
  workspace: Workspace,
  before: Environment,
): Promise<Rendered | Unrendered> {
  const segments: { rendered: number; from: number; copied: boolean }[] = [];
  const problems: RenderProblem[] = [];
  let env = before;
  let out = "";
  for (const instruction of program) {
    const { from, to } = instruction.piece;
    segments.push({ rendered: out.length, from, copied: instruction.kind === "copy" });
    try {
      if (instruction.kind === "copy") out += text.slice(from, to);
      else if (instruction.kind === "print")
        out += (await evaluate(instruction.expression, workspace, env)) ?? "";
      else for (const statement of instruction.statements) env = await changed(env, statement, workspace);
    } catch (error) {
      if (!(error instanceof Unanswerable)) throw error;
      problems.push({ offset: from, message: error.message });
      if (instruction.kind === "print" && !isAlone(text, instruction.piece)) out += UNKNOWN + problems.length;
    }
  }
  const offset = (rendered: number) => {
    const segment = segments.findLast((candidate) => candidate.rendered <= rendered);
    if (!segment) return rendered;
    // What a tag printed is where the tag stands.
    return segment.copied ? segment.from + rendered - segment.rendered : segment.from;
  };
  return problems.length > 0 ? { problems, draft: { text: out, offset } } : { text: out, offset, env };
}

/** Whether a tag is all that its line has: it may print lines of its own then. */
export function isAlone(text: string, { from, to }: Pick<Piece, "from" | "to">): boolean {
  const before = text.slice(text.lastIndexOf("\n", from - 1) + 1, from);
  const [after = ""] = text.slice(to).split("\n", 1);
  return `${before}${after}`.trim() === "";
}

/** The environment after a `Dotenv.load`; a file that is not there changes nothing. */
async function changed(env: Environment, statement: Statement, workspace: Workspace): Promise<Environment> {
  if (statement.kind === "nothing") return env;
  if (statement.ifExists) {
    const path = (await evaluate(statement.ifExists, workspace, env)) ?? "";
    if ((await workspace.look(resolve(workspace.cwd, path))) === null) return env;
  }
  const files: Expression[] =
    statement.files.length > 0 ? statement.files : [{ kind: "text", value: ".env" }];
  const next = { ...env };
  for (const file of files) {
    const path = (await evaluate(file, workspace, next)) ?? "";
    const text = await workspace.readFile(resolve(workspace.cwd, path));
    const values = text === null ? {} : await readDotenv(text, path, workspace, next);
    for (const [name, value] of Object.entries(values)) {
      if (statement.overwrite || next[name] === undefined) next[name] = value;
    }
  }
  return next;
}
