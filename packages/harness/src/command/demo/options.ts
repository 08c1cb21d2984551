import { parseArgs } from "node:util";
import { HarnessError } from "../../harness-error.ts";

/** How the demo was asked to run. */
export interface DemoOptions {
  output: "person" | "json";
  /** Whether the sandbox is left up when the demo has ended. */
  after: "take-down" | "keep";
}

export const usage = `npm run demo [-- --json] [-- --keep]

Shows a deploy on a sandbox of real machines, from nothing to a rollback under traffic.

  --json   every event as a line of JSON on standard output (npm run -s demo -- --json)
  --keep   leave the sandbox up, and say how to go on playing
  --help   this text`;

/**
 * Reads the command line. Null: help was asked for.
 *
 * @throws HarnessError `USAGE` on anything unknown.
 */
export function readOptions(args: readonly string[]): DemoOptions | null {
  const flag = { type: "boolean", default: false } as const;
  let values: { json: boolean; keep: boolean; help: boolean };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { json: flag, keep: flag, help: { ...flag, short: "h" } },
    }));
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new HarnessError("USAGE", { cause, hint: "npm run demo -- --help" }, { cause: error });
  }
  if (values.help) return null;
  return { output: values.json ? "json" : "person", after: values.keep ? "keep" : "take-down" };
}
