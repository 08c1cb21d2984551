import type { PruneResult } from "@cutover/core";
import { Argument, Command } from "commander";
import { filterOf } from "../arguments/globals.ts";
import { wholeNumber } from "../arguments/whole-number.ts";
import type { Perform } from "../perform.ts";
import { withShortHashes } from "../render/text.ts";

type Target = "all" | "containers" | "images";

/** `deploy prune [all|containers|images]`. */
export function pruneCommand(perform: Perform): Command {
  return new Command("prune")
    .description("Remove releases beyond those that are kept; only this app's, and nothing that runs")
    .addArgument(
      new Argument("[what]", "containers with their records, images, or both")
        .choices(["all", "containers", "images"])
        .default("all"),
    )
    .option("--retain <number>", "releases to keep beside the one that serves", wholeNumber)
    .helpGroup("Deploying:")
    .action((target: Target, { retain }: { retain?: number }, command: Command) =>
      perform(command, {
        tells: "progress",
        hosts: "chosen",
        run: async (context, globals) => {
          const { prune } = await import("@cutover/core/commands/prune");
          return prune(context, { filter: filterOf(globals), target, retain: retain ?? null });
        },
        show: pruneLines,
      }),
    );
}

function pruneLines({ hosts }: PruneResult): string[] {
  if (hosts.length === 0) return ["nothing to prune"];
  return hosts.flatMap(({ host, containers, images }) =>
    [...containers, ...images].map((name) => withShortHashes(`${host}  removed ${name}`)),
  );
}
