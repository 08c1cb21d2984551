import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadConfig } from "../../packages/core/src/config/load.ts";
import { localWorkspace } from "../../packages/core/src/config/local-workspace.ts";
import type { Workspace } from "../../packages/core/src/config/workspace.ts";
import { DeployError } from "../../packages/core/src/errors/deploy-error.ts";
import type { Project } from "./projects.ts";

/** Whether a file loads: no reasons, or all of them. */
export interface Outcome {
  file: string;
  reasons: string[];
}

/** What stands for a variable, a file or a command's output that only its owner has. */
const STAND_IN = "1";

/** Loads a file as its owner would; a base without hosts, with a destination that has them. */
export async function tryProject(project: Project, ruby: boolean): Promise<Outcome> {
  const { file, destination, destinations } = project;
  const tries = destination === null ? [null, ...destinations] : [destination];
  let reasons: string[] = [];
  for (const chosen of tries) {
    const outcome = await tryOnce(project, chosen, ruby);
    if (outcome.length === 0) return { file, reasons: [] };
    if (reasons.length === 0) reasons = outcome;
  }
  return { file, reasons };
}

async function tryOnce(project: Project, destination: string | null, ruby: boolean): Promise<string[]> {
  const env: Record<string, string | undefined> = { PATH: process.env["PATH"], HOME: "/home/nobody" };
  for (;;) {
    try {
      const request = { configFile: project.configFile, destination, toolVersion: "0.1.0" };
      await loadConfig(strangersWorkspace(project.cwd, env, ruby), request);
      return [];
    } catch (error) {
      if (!(error instanceof DeployError)) throw error;
      const names = [...unsetVariables(error), ...variablesWithoutDefault(project)];
      const unset = names.filter((name) => env[name] === undefined);
      if (unset.length === 0) return error.facts.details ?? [error.facts.cause];
      for (const name of unset) env[name] = STAND_IN;
    }
  }
}

function unsetVariables(error: DeployError): string[] {
  const lines = error.facts.details ?? [];
  return lines.flatMap((line) => /the environment variable (\w+) is not set/.exec(line)?.[1] ?? []);
}

/** `ENV["NAME"]` that prints nothing when it is not set, as no owner means it. */
function variablesWithoutDefault(project: Project): string[] {
  const text = readFileSync(join(project.cwd, project.configFile), "utf8");
  return [...text.matchAll(/ENV\[["'](\w+)["']\](?!\s*(\|\||&&|\.|==|\?))/g)].map(([, name = ""]) => name);
}

/** A workspace in which every file that is looked for exists, and no command of the file is run. */
function strangersWorkspace(cwd: string, env: Workspace["env"], ruby: boolean): Workspace {
  const local = localWorkspace({ cwd, env });
  return {
    ...local,
    readFile: async (path) => (await local.readFile(path)) ?? (/\.ya?ml$|\.env/.test(path) ? null : STAND_IN),
    look: async (path) =>
      /\/hooks\//.test(path)
        ? null
        : { kind: /pages|public/.test(path) ? "directory" : "file", readable: true, executable: false },
    run: async (program, args, options) => {
      if (program !== "ruby") return { exitCode: 0, stdout: `${STAND_IN}\n`, stderr: "" };
      return ruby ? local.run(program, args, options) : null;
    },
  };
}
