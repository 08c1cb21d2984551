import type { ExplainedConfig } from "@cutover/core/commands/explain-config";
import type { Config } from "@cutover/core/config/config";
import { Command } from "commander";
import type { Perform } from "../perform.ts";

/** `deploy config`. */
export function configCommand(perform: Perform): Command {
  return new Command("config")
    .description("Show the configuration as it is understood, secrets hidden")
    .helpGroup("Looking:")
    .option(
      "--explain [PATH]",
      "say which file and line a value came from, such as proxy.app_port; without PATH, all of them",
    )
    .action((options: { explain?: string | true }, command: Command) =>
      options.explain === undefined
        ? understood(perform, command)
        : explained(perform, command, options.explain),
    );
}

function understood(perform: Perform, command: Command): Promise<void> {
  return perform<Config>(command, {
    tells: "output",
    hosts: "all",
    run: async (context) => {
      const { config } = await import("@cutover/core/commands/config");
      return config(context);
    },
    show: async (merged) => {
      const { stringify } = await import("yaml");
      return stringify(merged, { aliasDuplicateObjects: false }).trimEnd().split("\n");
    },
  });
}

function explained(perform: Perform, command: Command, path: string | true): Promise<void> {
  return perform<ExplainedConfig>(command, {
    tells: "output",
    hosts: "all",
    run: async (context) => {
      const { explainConfig } = await import("@cutover/core/commands/explain-config");
      return explainConfig(context, path === true ? null : path);
    },
    show: async (explanation) => {
      if ("merged" in explanation) return explanation.merged.trimEnd().split("\n");
      const { stringify } = await import("yaml");
      const value = stringify({ [explanation.path]: explanation.value })
        .trimEnd()
        .split("\n");
      const { description } = explanation;
      const origin =
        explanation.from === "file"
          ? `from ${explanation.source.file}:${explanation.source.line}`
          : "not in any file: this is the default";
      return [...value, origin, ...(description === null ? [] : [description])];
    },
  });
}
