import type { DeployEvent } from "@cutover/core";

/** What a command came to, as the last line of `--json` for commands that have a result. */
export interface ResultLine {
  type: "result";
  /** Milliseconds since the epoch. */
  at: number;
  command: string;
  /** The plain data that the command's function resolved with. */
  result: unknown;
}

/** One line of `--json`: every event as it is, `type` first for whoever reads along. */
export function jsonLine(event: DeployEvent | ResultLine): string {
  const { type, at, ...rest } = event;
  return JSON.stringify({ type, at, ...rest });
}
