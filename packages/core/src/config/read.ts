import { resolve } from "node:path";
import { DeployError } from "../errors/index.ts";
import { parseYaml } from "./parse/parse.ts";
import type { MapNode } from "./parse/tree.ts";
import type { Problem } from "./problem.ts";
import { isAlone, type Rendered, render, UNKNOWN } from "./render/render.ts";
import type { Environment, Found, Workspace } from "./workspace.ts";

/** One file as a tree. */
export interface ReadFile {
  /** Null where it could not be read. Not to be used where there are problems, but to find others. */
  root: MapNode | null;
  problems: Problem[];
  /** The lines of which ERB left something unknown. */
  unknown: UnknownLine[];
  warnings: Problem[];
  /** As the file's ERB left it. */
  env: Environment;
}

/** A line that cannot be judged: a value in it could not be had. */
export type UnknownLine = Pick<Problem, "file" | "line">;

/**
 * Reads one configuration file: its text, its ERB, its YAML.
 *
 * @throws DeployError CONFIG_NOT_FOUND; CONFIG_INVALID for one that this user may not read
 */
export async function readConfigFile(
  workspace: Workspace,
  file: string,
  env: Environment,
): Promise<ReadFile> {
  const path = resolve(workspace.cwd, file);
  const found = await workspace.look(path);
  if (found?.readable === false) throw unreadable(file);
  const text = await workspace.readFile(path);
  if (text === null) throw notFound(file, found);
  const rendered = await render(text, workspace, env);
  if (!("problems" in rendered)) return { ...parsed(file, text, rendered), env: rendered.env };
  const problems = rendered.problems.map(({ offset, message }) => ({
    ...placeAt(file, text, offset),
    path: "",
    message,
  }));
  const unknown = rendered.problems.flatMap(({ offset }) => unknownLines(file, text, offset));
  if (rendered.draft === null) return { root: null, problems, unknown, warnings: [], env };
  const draft = parsed(file, text, rendered.draft);
  // A value that is unknown can break the YAML around it anywhere.
  const own = draft.problems.some((problem) => isUnknown(problem, unknown)) ? [] : draft.problems;
  return { ...draft, problems: [...problems, ...own], unknown, env };
}

/** Whether what is said may only follow from a value that could not be had. */
export function isUnknown({ file, line, message }: Problem, unknown: readonly UnknownLine[]): boolean {
  return message.includes(UNKNOWN) || unknown.some((other) => other.file === file && other.line === line);
}

function parsed(file: string, original: string, { text, offset }: Pick<Rendered, "text" | "offset">) {
  const { root, problems, warnings } = parseYaml({ file, text, original: { text: original, offset } });
  const read = { warnings, unknown: [] };
  if (problems.length > 0) return { ...read, root: null, problems };
  if (root?.kind === "map") return { ...read, root, problems: [] };
  const message =
    root === null ? "the file is empty" : "expected keys (service: …), not a single value or a list";
  return { ...read, root: null, problems: [{ file, line: 1, column: 1, path: "", message }] };
}

/** The line of a tag, and where it stands alone the one before, whose value it may be. */
function unknownLines(file: string, text: string, from: number): UnknownLine[] {
  const { line } = placeAt(file, text, from);
  const to = text.indexOf("%>", from) + 2;
  return isAlone(text, { from, to })
    ? [
        { file, line: line - 1 },
        { file, line },
      ]
    : [{ file, line }];
}

function placeAt(file: string, text: string, offset: number): { file: string; line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function unreadable(file: string): DeployError {
  return new DeployError("CONFIG_INVALID", {
    cause: `${file} cannot be read by this user`,
    hint: `ls -l ${file} shows who may`,
    state: "unchanged",
  });
}

function notFound(file: string, found: Found | null): DeployError {
  return new DeployError("CONFIG_NOT_FOUND", {
    cause: found === null ? `There is no ${file} here` : `The configuration ${file} is a folder`,
    hint: "Change to the project's folder, or name the file with -c",
    state: "unchanged",
  });
}
