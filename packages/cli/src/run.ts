import { DeployError } from "@cutover/core/errors";
import { type Command, CommanderError } from "commander";
import { withoutAlias } from "./arguments/aliases.ts";
import { colorTyped } from "./arguments/color-typed.ts";
import { globalsOf } from "./arguments/globals.ts";
import { understood } from "./arguments/words.ts";
import { performer } from "./perform.ts";
import { program, withSubcommands } from "./program.ts";
import { failureLines } from "./render/failure.ts";
import { jsonLine } from "./render/json.ts";
import { palette, wantsColor } from "./render/palette.ts";
import { writeLines } from "./render/renderer.ts";
import type { Surroundings } from "./surroundings.ts";
import { usageError } from "./usage-error.ts";

/**
 * One command line, from its words to its exit code.
 *
 * @param typed the arguments after the program's name
 */
export async function run(typed: readonly string[], around: Surroundings): Promise<number> {
  let exitCode = 0;
  const perform = performer(around, (ended) => {
    exitCode = ended;
  });
  const deploy = program(perform, around);
  try {
    const spelled = (given: readonly string[]) =>
      understood(given, optionNames(deploy), (words) => firstWord(program(perform, around), words));
    const line = await withoutAliases(spelled(typed), spelled, program(perform, around), around);
    await deploy.parseAsync(line, { from: "user" });
    return exitCode;
  } catch (error) {
    // What a verb throws is told by itself; this is a word that is none.
    if (error instanceof DeployError) return refuse(error, typed, around);
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    return refuse(usageError(error, deploy), typed, around);
  }
}

function optionNames(deploy: Command): Set<string> {
  const options = withSubcommands(deploy).flatMap((command) => command.options);
  return new Set(options.flatMap(({ long }) => (long ? [long] : [])));
}

/** Only the parser knows which options take the next word for their value. */
function firstWord(deploy: Command, words: readonly string[]): string | undefined {
  return deploy.parseOptions([...words]).operands[0];
}

/**
 * The line with what its alias stands for. The configuration is read only for a word that is no verb.
 *
 * @param spelled brings what an alias stands for into the form that the parser knows
 * @throws DeployError USAGE for a word that is neither a verb nor an alias
 */
async function withoutAliases(
  words: readonly string[],
  spelled: (given: readonly string[]) => string[],
  deploy: Command,
  around: Surroundings,
): Promise<readonly string[]> {
  const verbs = new Set([
    "help",
    ...deploy.commands.flatMap((command) => [command.name(), ...command.aliases()]),
  ]);
  const verb = firstWord(deploy, words);
  if (verb === undefined || verbs.has(verb)) return words;
  const { configFile = null, destination = null } = globalsOf(deploy);
  const { readAliases, unknownWord } = await import("@cutover/core/commands/aliases");
  const { cwd, env } = around;
  const aliases = await readAliases({ cwd, env, configFile, destination });
  if (!aliases.lines.has(verb)) throw unknownWord(verb, verbs, aliases);
  const line = spelled(withoutAlias(words, verbs, aliases.lines, (given) => firstWord(deploy, given)));
  const meant = firstWord(deploy, line);
  // The parser would show the whole program's help for it, where help is asked for, as though it were right.
  if (meant !== undefined && !verbs.has(meant)) throw unknownWord(meant, verbs, aliases);
  return line;
}

/** A command line that could not be understood. Nothing was done. */
function refuse(usage: DeployError, typed: readonly string[], around: Surroundings): number {
  if (typed.includes("--json")) {
    const at = around.clock.now();
    writeLines(around.stdout, [jsonLine({ at, type: "error", error: usage.toJSON() })]);
  } else {
    const paint = palette(wantsColor(colorTyped(typed), around.env, around.stderr.isTTY === true));
    writeLines(around.stderr, failureLines(usage.toJSON(), paint));
  }
  return usage.exitCode;
}
