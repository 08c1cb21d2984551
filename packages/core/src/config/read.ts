import { resolve } from "node:path";
import { DeployError } from "../errors/index.ts";
import { parseYaml } from "./parse/parse.ts";
import type { MapNode } from "./parse/tree.ts";
import type { Problem } from "./problem.ts";
import { render } from "./render/render.ts";
import type { Environment, Found, Workspace } from "./workspace.ts";

/** One file as a tree. With problems, the tree is what could be read, or empty. */
export interface ReadFile {
  root: MapNode;
  problems: Problem[];
  warnings: Problem[];
  /** As the file's ERB left it. */
  env: Environment;
}

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
  if ("problems" in rendered) {
    const problems = rendered.problems.map(({ offset, message }) => ({
      ...placeAt(file, text, offset),
      path: "",
      message,
    }));
    return { root: emptyRoot(file), problems, warnings: [], env };
  }
  const parsed = parseYaml({ file, text: rendered.text, original: { text, offset: rendered.offset } });
  const read = { warnings: parsed.warnings, env: rendered.env };
  if (parsed.problems.length > 0) return { ...read, root: emptyRoot(file), problems: parsed.problems };
  if (parsed.root?.kind === "map") return { ...read, root: parsed.root, problems: [] };
  const message =
    parsed.root === null ? "the file is empty" : "expected keys (service: …), not a single value or a list";
  return { ...read, root: emptyRoot(file), problems: [{ file, line: 1, column: 1, path: "", message }] };
}

function emptyRoot(file: string): MapNode {
  return { kind: "map", entries: new Map(), at: { file, line: 1, column: 1 } };
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
