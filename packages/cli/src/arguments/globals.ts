import type { HostFilter } from "@cutover/core";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { ColorChoice } from "../render/palette.ts";
import type { LockWaitOptions } from "./lock-wait.ts";

/** The options that every command takes, before or after its verb. */
export interface Globals extends LockWaitOptions {
  configFile?: string;
  destination?: string;
  version?: string;
  hosts?: string[];
  roles?: string[];
  primary?: true;
  yes?: true;
  quiet?: true;
  verbose?: true;
  json?: true;
  color?: ColorChoice;
}

/** Adds the options that every command takes. */
export function addGlobals(program: Command): Command {
  return program
    .option("-d, --destination <name>", "deploy to this destination: merges config/deploy.<name>.yml")
    .option("-c, --config-file <path>", "the configuration (default: config/deploy.yml)")
    .option("--version <version>", "the app's version (default: the git commit)")
    .option("-h, --hosts <hosts>", "only these hosts, comma-separated, * as wildcard", list)
    .option("-r, --roles <roles>", "only these roles, comma-separated, * as wildcard", list)
    .option("-p, --primary", "only the primary host")
    .option("-y, --yes", "answer every question with yes")
    .option("-q, --quiet", "say nothing but errors")
    .option("-v, --verbose", "say more: every step, and how far it is")
    .option("--json", "print every event as a line of JSON")
    .addOption(new Option("--color [when]", "colours").choices(["auto", "always", "never"]).preset("always"))
    .addOption(new Option("--no-color", "no colours").hideHelp())
    .addOption(new Option("--confirmed", "the same as --yes").hideHelp().implies({ yes: true }));
}

/** The globals as they were given to a command. */
export function globalsOf(command: Command): Globals {
  type Parsed = Omit<Globals, "color"> & { color?: ColorChoice | false };
  const { color, ...rest } = command.optsWithGlobals<Parsed>();
  return color === undefined ? rest : { ...rest, color: color || "never" };
}

/** Which hosts a command is about. */
export function filterOf(globals: Globals): HostFilter {
  return {
    hosts: globals.hosts ?? null,
    roles: globals.roles ?? null,
    primary: globals.primary ?? false,
  };
}

function list(value: string): string[] {
  const names = splitOutsideBraces(value).filter((name) => name !== "");
  if (names.length === 0) throw new InvalidArgumentError("It names nothing.");
  return names;
}

/** Commas inside `{a,b}` belong to the wildcard. */
const splitOutsideBraces = (value: string) => value.split(/,(?![^{]*\})/).map((name) => name.trim());
