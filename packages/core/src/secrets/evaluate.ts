import type { Environment, Workspace } from "../config/workspace.ts";
import { DeployError } from "../errors/index.ts";
import { extract } from "./extract.ts";
import type { Assignment, Part } from "./parse.ts";
import { Redactor } from "./redact.ts";

/** What the values of a file are made from. */
export interface Surroundings {
  workspace: Workspace;
  /** The environment that commands get. */
  env: Environment;
  /** The value of a name: an earlier one of the file, else the environment's. */
  lookup(name: string): Promise<string | undefined>;
}

/** The value of one assignment, to the byte. */
export async function evaluateValue(assignment: Assignment, surroundings: Surroundings): Promise<string> {
  return joined(assignment.parts, assignment, surroundings);
}

async function joined(parts: Part[], assignment: Assignment, surroundings: Surroundings): Promise<string> {
  let value = "";
  for (const part of parts) value += await evaluatePart(part, assignment, surroundings);
  return value;
}

async function evaluatePart(part: Part, assignment: Assignment, surroundings: Surroundings): Promise<string> {
  if (part.kind === "text") return part.text;
  if (part.kind === "command") return commandOutput(part.line, assignment, surroundings);
  const value = await surroundings.lookup(part.name);
  const missing = value === undefined || (part.ifEmpty && value === "");
  if (missing && part.otherwise) return joined(part.otherwise, assignment, surroundings);
  return value ?? "";
}

/**
 * What a command prints, without the last line's end. The values it uses go to it as environment and
 * not as text, so that they are in no argument list that others can see.
 */
async function commandOutput(
  line: string,
  assignment: Assignment,
  surroundings: Surroundings,
): Promise<string> {
  const extracted = await extract(line, surroundings.lookup);
  if (extracted !== null) return extracted;
  const env: Record<string, string | undefined> = { ...surroundings.env };
  const used = new Redactor();
  for (const [, name = ""] of line.matchAll(/\$\{?([A-Za-z_]\w*)/g)) {
    const value = await surroundings.lookup(name);
    if (value === undefined) continue;
    env[name] = value;
    used.learn(value);
  }
  const { workspace } = surroundings;
  const result = await workspace.run("/bin/sh", ["-c", line], { cwd: workspace.cwd, env, stdin: "" });
  if (result?.exitCode === 0) return result.stdout.replace(/\r?\n$/, "");
  throw failed(assignment, result?.exitCode ?? null, used.redact(result?.stderr ?? ""));
}

function failed(assignment: Assignment, exitCode: number | null, stderr: string): DeployError {
  const { name, file, line } = assignment;
  const how = exitCode === null ? "could not be run" : `ended with ${exitCode}`;
  return new DeployError("SECRETS_INVALID", {
    cause: `The command for the secret ${name} ${how} (${file} line ${line})`,
    hint:
      exitCode === 127
        ? "Install the program that it names"
        : `Run the command of line ${line} by hand to see why`,
    state: "unchanged",
    details: [
      `${file}:${line}:1 ${name}`,
      ...stderr
        .split("\n")
        .filter((text) => text.trim() !== "")
        .slice(0, 5),
    ],
  });
}
