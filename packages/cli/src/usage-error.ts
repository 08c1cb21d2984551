import { DeployError } from "@cutover/core/errors";
import type { Command, CommanderError } from "commander";

/**
 * What the parser could not understand, as an error of ours: the nearest word, and where to read more.
 *
 * @param deploy the program that was parsing; it knows how far it got
 */
export function usageError(error: CommanderError, deploy: Command): DeployError {
  const reached = reachedIn(deploy);
  const help = `${fullName(reached)} --help`;
  // The parser throws this where only a command below was missing, with the help for its message.
  if (error.code === "commander.help")
    return new DeployError("USAGE", {
      cause: `after ${fullName(reached)} comes one of ${choices(reached)}`,
      hint: help,
    });
  const [first = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
  const suggestion = /Did you mean (?:one of )?(.*)\?/.exec(rest.join(" "))?.[1];
  return new DeployError("USAGE", {
    cause: first.replace(
      /^command-argument value ('.*') is invalid for argument '.*'\./,
      "$1 cannot stand here.",
    ),
    hint: suggestion === undefined ? help : `Did you mean ${suggestion}? All there is: ${help}`,
  });
}

/** The command whose words were being read when the parser gave up. */
function reachedIn(command: Command): Command {
  const [word] = command.args;
  const below = command.commands.find((candidate) => candidate.name() === word);
  return below === undefined ? command : reachedIn(below);
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

function choices(command: Command): string {
  return command.commands.map((below) => below.name()).join(", ");
}
