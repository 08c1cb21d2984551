import { Command, InvalidArgumentError } from "commander";
import { filterOf } from "../arguments/globals.ts";
import type { Perform } from "../perform.ts";

interface Typed {
  follow?: true;
  lines?: number;
  since?: string;
  grep?: string;
  skipTimestamps?: true;
}

/** `deploy app logs`. */
export function appLogsCommand(perform: Perform): Command {
  return new Command("logs")
    .description("Show the app's log lines from each host")
    .option("-f, --follow", "go on as new lines come, until Ctrl-C")
    .option("-n, --lines <number>", "the newest lines of each container", wholeNumber)
    .option("-s, --since <time>", "since then: 10m, 2h, 2026-11-23T21:00:00Z")
    .option("-g, --grep <pattern>", "only lines that this regular expression matches")
    .option("-T, --skip-timestamps", "without the time of each line")
    .action((typed: Typed, command: Command) =>
      perform(command, {
        tells: "output",
        hosts: "chosen",
        run: async (context, globals) => {
          const { appLogs } = await import("@cutover/core/commands/app-logs");
          return appLogs(context, {
            filter: filterOf(globals),
            follow: typed.follow ?? false,
            lines: typed.lines ?? null,
            since: typed.since ?? null,
            grep: typed.grep ?? null,
            timestamps: !typed.skipTimestamps,
          });
        },
        show: () => [],
      }),
    );
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("It has to be a whole number.");
  return Number(value);
}
