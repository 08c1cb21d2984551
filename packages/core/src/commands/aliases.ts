import { localWorkspace } from "../config/local-workspace.ts";
import { nodeAt, toPlain } from "../config/parse/tree.ts";
import { readFiles } from "../config/read-files.ts";
import { readWords } from "../docker-options/words.ts";
import { DeployError } from "../errors/index.ts";
import type { CommandContext } from "./context.ts";

/** Where aliases are looked for. */
export type AliasRequest = Pick<CommandContext, "cwd" | "env" | "configFile" | "destination">;

/**
 * The command lines that the configuration gives names to, split into words. Of the rest of the
 * configuration nothing is asked, since an alias may choose another file or destination.
 *
 * @returns empty where there is no configuration, or none that can be read
 */
export async function readAliases(request: AliasRequest): Promise<ReadonlyMap<string, string[]>> {
  const { cwd, env, destination } = request;
  const configFile = request.configFile ?? "config/deploy.yml";
  try {
    const { root } = await readFiles(localWorkspace({ cwd, env }), { configFile, destination });
    const aliases = nodeAt(root, ["aliases"]);
    const plain = aliases?.kind === "map" ? (toPlain(aliases) as Record<string, unknown>) : {};
    return new Map(Object.entries(plain).flatMap(([name, line]) => wordsOf(name, line)));
  } catch (error) {
    // The word is unknown then, which is what its reader has to be told.
    if (error instanceof DeployError) return new Map();
    throw error;
  }
}

function wordsOf(name: string, line: unknown): [string, string[]][] {
  const read = readWords(String(line));
  return "words" in read ? [[name, read.words]] : [];
}
