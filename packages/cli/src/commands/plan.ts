import { access, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { DeployError } from "@cutover/core/errors";
import { Command } from "commander";
import { filterOf } from "../arguments/globals.ts";
import type { Perform } from "../perform.ts";
import { planLines } from "../render/plan.ts";

/** What a check ends with that finds something to do. */
const DRIFT_EXIT_CODE = 3;

/** `deploy plan`. */
export function planCommand(perform: Perform): Command {
  return new Command("plan")
    .description("Show what a deploy would do on each host, and why; nothing is changed")
    .option("-P, --skip-push", "the image would not be built: it is in the registry already")
    .option("--out <file>", "write the plan down, for `deploy --plan`")
    .option("--check", "exit 3 when a deploy would change something, or something has drifted")
    .helpGroup("Looking:")
    .action((options: { skipPush?: boolean; check?: boolean; out?: string }, command: Command) =>
      perform(command, {
        tells: "output",
        hosts: "chosen",
        run: async (context, globals) => {
          const out = options.out === undefined ? null : resolve(context.cwd, options.out);
          if (out !== null) await access(dirname(out)).catch(notWritten);
          const { plan } = await import("@cutover/core/commands/plan");
          const made = await plan(context, {
            skipPush: options.skipPush ?? false,
            check: options.check === true,
            filter: filterOf(globals),
          });
          if (out !== null) await writeFile(out, `${JSON.stringify(made, null, 2)}\n`).catch(notWritten);
          return made;
        },
        show: planLines,
        exitCode: ({ changes }) => (options.check === true && changes ? DRIFT_EXIT_CODE : 0),
      }),
    );
}

function notWritten(error: unknown): never {
  const said = error instanceof Error ? error.message : String(error);
  throw new DeployError(
    "USAGE",
    {
      cause: `the plan could not be written: ${said}`,
      hint: "name another file with --out",
      state: "unchanged",
    },
    { cause: error },
  );
}
