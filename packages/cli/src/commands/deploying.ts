import type { DeployOptions, DeployResult, ScopeOptions } from "@cutover/core";
import { Command, Option } from "commander";
import { filterOf, globalsOf } from "../arguments/globals.ts";
import { addLockWait } from "../arguments/lock-wait.ts";

/** A verb that builds and boots a release, with the options that all of those take. */
export function deployingCommand(name: string, description: string): Command {
  return addLockWait(new Command(name))
    .description(description)
    .option("-P, --skip-push", "do not build: the image is in the registry already")
    .option("--no-cache", "build every layer anew")
    .addOption(skipUnreachable())
    .helpGroup("Deploying:");
}

/** The option of whatever changes hosts. */
export function skipUnreachable(): Option {
  return new Option("--skip-unreachable", "go on without hosts that cannot be reached, and end with 4");
}

/** What was typed of those options. */
export function deployOptionsOf(command: Command): DeployOptions {
  const {
    skipPush = false,
    cache,
    plan,
  } = command.opts<{ skipPush?: boolean; cache: boolean; plan?: string }>();
  return { skipPush, noCache: !cache, plan: plan ?? null, ...scopeOptionsOf(command) };
}

/** Which hosts a command that changes them is about. */
export function scopeOptionsOf(command: Command): ScopeOptions {
  const { skipUnreachable = false } = command.opts<{ skipUnreachable?: boolean }>();
  return { filter: filterOf(globalsOf(command)), skipUnreachable };
}

/** 4 where hosts were left behind: it is done, but not everywhere. */
export function exitCodeOf({ leftBehind }: DeployResult): number {
  return leftBehind.length === 0 ? 0 : 4;
}
