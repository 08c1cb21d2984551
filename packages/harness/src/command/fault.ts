import { HarnessError } from "../harness-error.ts";

/** What to print of an error that ended a command, and what to exit with. */
export interface Fault {
  lines: string[];
  exitCode: number;
}

/** The exit code for what nobody foresaw. */
const INTERNAL = 80;

/** A failure of the harness is told in its own words; anything else is a defect, told with its stack. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof HarnessError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { lines: [stack], exitCode: INTERNAL };
  }
  const { cause, hint, details = [] } = error.facts;
  return {
    lines: [
      `${cause}.`,
      ...details.map((detail) => `  ${detail}`),
      ...(hint === undefined ? [] : [`Next: ${hint}`]),
    ],
    exitCode: error.exitCode,
  };
}
