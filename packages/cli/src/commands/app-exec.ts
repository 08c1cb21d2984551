import type { ExecOptions } from "@cutover/core";
import { Command, InvalidArgumentError, Option } from "commander";
import { filterOf } from "../arguments/globals.ts";
import type { Perform } from "../perform.ts";
import type { Surroundings } from "../surroundings.ts";
import { withTerminal } from "../terminal.ts";

interface Typed {
  interactive?: true;
  reuse?: true;
  detach?: true;
  env?: Record<string, string>;
}

/** `deploy app exec COMMAND…`. */
export function appExecCommand(perform: Perform, around: Surroundings): Command {
  return new Command("exec")
    .description("Run a command in the app's image on each host, or in the running container")
    .argument("<command...>", "after -- where it has options that are ours too")
    .option("-i, --interactive", "with your terminal, on the primary host")
    .option("--reuse", "in the container that runs now, not in a new one")
    .addOption(new Option("--detach", "do not wait for its end").conflicts(["reuse", "interactive"]))
    .option("-e, --env <name=value>", "one more environment variable; may be repeated", variable)
    .allowUnknownOption()
    .action((words: string[], typed: Typed, command: Command) =>
      perform(command, {
        tells: "output",
        hosts: "chosen",
        run: async (context, globals) => {
          const { appExec } = await import("@cutover/core/commands/app-exec");
          const asked = {
            filter: filterOf(globals),
            command: words,
            place: placeOf(typed),
            env: typed.env ?? {},
          };
          if (!typed.interactive) return appExec(context, { ...asked, terminal: null });
          return withTerminal(around, (terminal) => appExec(context, { ...asked, terminal }));
        },
        show: ({ hosts }, paint) =>
          hosts.length === 1
            ? []
            : hosts
                .filter(({ exitCode }) => exitCode !== 0)
                .map(({ host, exitCode }) => `${paint.bad("✗")} ${host} ended with ${exitCode}`),
        exitCode: ({ hosts }) => Math.max(0, ...hosts.map(({ exitCode }) => exitCode)),
      }),
    );
}

function placeOf({ reuse, detach }: Typed): ExecOptions["place"] {
  if (reuse) return "running";
  return detach ? "detached" : "new";
}

/** `NAME=value`, or `NAME:value` as Kamal has it. */
function variable(given: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)[=:](.*)$/s.exec(given) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("Write NAME=value.");
  return { ...before, [name]: value };
}
