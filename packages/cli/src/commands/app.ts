import { Command } from "commander";
import type { Perform } from "../perform.ts";
import type { Surroundings } from "../surroundings.ts";
import { appExecCommand } from "./app-exec.ts";
import { appLogsCommand } from "./app-logs.ts";

/** `deploy app …`: what concerns the app's containers. */
export function appCommand(perform: Perform, around: Surroundings): Command {
  return new Command("app")
    .description("Read the app's logs, or run a command in it")
    .helpGroup("Looking:")
    .helpCommand(false)
    .addCommand(appLogsCommand(perform))
    .addCommand(appExecCommand(perform, around));
}
