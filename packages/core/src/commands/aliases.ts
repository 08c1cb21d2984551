import { localWorkspace } from "../config/local-workspace.ts";
import { nodeAt, toPlain } from "../config/parse/tree.ts";
import { readFiles } from "../config/read-files.ts";
import { nearest } from "../config/validate/nearest.ts";
import { readWords } from "../docker-options/words.ts";
import { DeployError } from "../errors/index.ts";
import type { CommandContext } from "./context.ts";

/** Where aliases are looked for. */
export type AliasRequest = Pick<CommandContext, "cwd" | "env" | "configFile" | "destination">;

/** What the configuration gives names to. */
export interface Aliases {
  /** The words that each name stands for. */
  lines: ReadonlyMap<string, string[]>;
  /** Whether there is a configuration that could not be read, so that its names are not known. */
  unread: boolean;
}

/**
 * The command lines that the configuration gives names to, split into words. Of the rest of the
 * configuration nothing is asked, since an alias may choose another file or destination.
 *
 * @returns none where there is no configuration, or none that can be read
 */
export async function readAliases(request: AliasRequest): Promise<Aliases> {
  const { cwd, env, destination } = request;
  const configFile = request.configFile ?? "config/deploy.yml";
  try {
    const { root } = await readFiles(localWorkspace({ cwd, env }), { configFile, destination });
    const aliases = root && nodeAt(root, ["aliases"]);
    const plain = aliases?.kind === "map" ? (toPlain(aliases) as Record<string, unknown>) : {};
    const lines = new Map(Object.entries(plain).flatMap(([name, line]) => wordsOf(name, line)));
    return { lines, unread: root === null };
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    return { lines: new Map(), unread: error.code !== "CONFIG_NOT_FOUND" };
  }
}

/**
 * A word that is neither a verb nor an alias.
 *
 * @param verbs all there are
 */
export function unknownWord(word: string, verbs: Iterable<string>, { lines, unread }: Aliases): DeployError {
  const near = nearest(word, [...verbs, ...lines.keys()]);
  const meant = near === null ? "" : `Did you mean ${near}? `;
  return new DeployError("USAGE", {
    cause: unread
      ? `unknown command '${word}', and the aliases could not be read from the configuration`
      : `unknown command '${word}'`,
    hint: unread
      ? `${meant}What is wrong with the file: deploy config`
      : near === null
        ? "deploy --help"
        : `${meant}All there is: deploy --help`,
  });
}

function wordsOf(name: string, line: unknown): [string, string[]][] {
  const read = readWords(String(line));
  return "words" in read ? [[name, read.words]] : [];
}
