import type { Surroundings } from "../surroundings.ts";
import type { Ask } from "./confirmation.ts";

/** Asks on the terminal; null where standard input or error is none. The question goes to standard error. */
export function askOnTerminal({ stdin, stderr }: Surroundings): Ask {
  if (stdin.isTTY !== true || stderr.isTTY !== true) return null;
  return async (question) => {
    const { createInterface } = await import("node:readline/promises");
    const terminal = createInterface({ input: stdin, output: stderr });
    try {
      const answer = await terminal.question(`${question} [y/N] `);
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      terminal.close();
    }
  };
}
