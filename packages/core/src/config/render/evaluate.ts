import { resolve } from "node:path";
import type { Environment, Workspace } from "../workspace.ts";
import type { Expression } from "./ruby-forms.ts";

/** An expression that cannot have a value, in words that may be shown. */
export class Unanswerable extends Error {}

/** The value of an expression; null is Ruby's nil. */
export async function evaluate(
  expression: Expression,
  workspace: Workspace,
  env: Environment,
): Promise<string | null> {
  const value = (inner: Expression) => evaluate(inner, workspace, env);
  switch (expression.kind) {
    case "text":
      return expression.value;
    case "nil":
      return null;
    case "or":
      return (await value(expression.left)) ?? (await value(expression.right));
    case "join":
      return `${(await value(expression.left)) ?? ""}${(await value(expression.right)) ?? ""}`;
    case "env": {
      const name = (await value(expression.name)) ?? "";
      const found = env[name];
      if (found !== undefined) return found;
      if (expression.otherwise) return value(expression.otherwise);
      if (expression.mode === "required")
        throw new Unanswerable(`the environment variable ${name} is not set`);
      return null;
    }
    case "strip": {
      const text = (await value(expression.of)) ?? "";
      return expression.how === "strip" ? text.trim() : text.replace(/\r?\n$/, "");
    }
    case "path":
      return resolve(workspace.cwd, (await value(expression.path)) ?? "");
    case "file": {
      const path = (await value(expression.path)) ?? "";
      const text = await workspace.readFile(resolve(workspace.cwd, path));
      if (text === null) throw new Unanswerable(`the file ${path} is not there`);
      return text;
    }
    case "command":
      return output(expression.line, workspace, env);
  }
}

/** What a command prints. That it failed is its own affair, as in Ruby; its words go nowhere. */
async function output(line: string, workspace: Workspace, env: Environment): Promise<string> {
  const result = await workspace.run("/bin/sh", ["-c", line], { cwd: workspace.cwd, env, stdin: "" });
  if (result === null) throw new Unanswerable("there is no /bin/sh to run a command with");
  return result.stdout;
}
