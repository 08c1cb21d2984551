import { DeployError } from "../errors/index.ts";
import { checkFiles } from "./check-files.ts";
import type { Config } from "./config.ts";
import { modernise } from "./kamal1/modernise.ts";
import { readLocalTexts } from "./local-texts.ts";
import type { MapNode } from "./parse/tree.ts";
import { type Problem, problemLine } from "./problem.ts";
import { isUnknown } from "./read.ts";
import { readFiles } from "./read-files.ts";
import { Report } from "./resolve/report.ts";
import { resolve } from "./resolve/resolve.ts";
import { validate } from "./validate/validate.ts";
import { checkVersion } from "./version.ts";
import type { Environment, Workspace } from "./workspace.ts";

/** Which configuration to load. */
export interface LoadRequest {
  /** Relative to the workspace's folder, or absolute: `config/deploy.yml`. */
  configFile: string;
  /** `-d`; null: none. */
  destination: string | null;
  /** Our own version, for `minimum_version`. */
  toolVersion: string;
}

/** A configuration, and what else came of reading it. */
export interface LoadedConfig {
  config: Config;
  /** What will work and is probably not meant. */
  warnings: Problem[];
  /** What the files say together, in their own keys, with the place of every value. */
  merged: MapNode;
  /** The environment as `Dotenv.load` in the file's ERB left it; secrets and hooks see it too. */
  env: Environment;
}

/**
 * Reads, merges and checks a configuration. Nothing is contacted; local commands run only where
 * the file asks for them (ERB).
 *
 * @throws DeployError CONFIG_NOT_FOUND, CONFIG_INVALID with one detail a problem (all of them at once), or USAGE
 *   for a destination that cannot be one
 */
export async function loadConfig(workspace: Workspace, request: LoadRequest): Promise<LoadedConfig> {
  const read = await readFiles(workspace, request);
  if (read.root === null) throw refusal(read.problems);
  /** Beside what ERB lacked, what does not only follow from that. */
  const all = (more: Problem[]) => [
    ...read.problems,
    ...more.filter((problem) => !isUnknown(problem, read.unknown)),
  ];
  const root = modernise(read.root, workspace);
  const warnings = [...read.warnings, ...root.warnings];
  const chosen = requireDestination(root.root, request);
  if (chosen.length > 0) throw refusal(all(chosen));
  const { file, problems, leftOut } = validate(root.root);
  if (file === null) throw refusal(all(problems));
  const report = new Report(root.root, leftOut);
  checkVersion(file, request.toolVersion, report);
  const { architecture } = workspace;
  const texts = await readLocalTexts(file, workspace);
  const config = resolve(file, { destination: request.destination, architecture, texts }, report);
  await checkFiles(config, workspace, report);
  const wrong = all([...problems, ...report.problems]);
  if (wrong.length > 0) throw refusal(wrong);
  return {
    config,
    warnings: [...warnings, ...report.warnings],
    merged: root.root,
    env: read.env,
  };
}

function requireDestination(root: MapNode, request: LoadRequest): Problem[] {
  const required = root.entries.get("require_destination")?.value;
  if (request.destination !== null || required?.kind !== "scalar" || required.value !== true) return [];
  return [{ ...required.at, path: "require_destination", message: "choose a destination with -d" }];
}

/** One problem is its own sentence; several are counted. Each is a detail. */
function refusal(problems: Problem[]): DeployError {
  const sorted = problems.toSorted((a, b) =>
    a.file === b.file ? a.line - b.line || a.column - b.column : 0,
  );
  const files = [...new Set(sorted.map(({ file }) => file))].join(" and ");
  const [first] = sorted;
  return new DeployError("CONFIG_INVALID", {
    cause:
      first && sorted.length === 1
        ? `${files} line ${first.line}: ${first.path === "" ? "" : `${first.path}: `}${first.message}`
        : `${files} cannot be used: ${sorted.length} problems`,
    hint: "mend what is named below; deploy config looks again, without a host",
    state: "unchanged",
    details: sorted.map(problemLine),
  });
}
