import type { DeployOptions } from "@cutover/core";
import { Command } from "commander";

/** A verb that builds and boots a release, with the options that all of those take. */
export function deployingCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option("-P, --skip-push", "do not build: the image is in the registry already")
    .option("--no-cache", "build every layer anew")
    .helpGroup("Deploying:");
}

/** What was typed of those options. */
export function deployOptionsOf(command: Command): DeployOptions {
  const { skipPush = false, cache } = command.opts<{ skipPush?: boolean; cache: boolean }>();
  return { skipPush, noCache: !cache };
}
