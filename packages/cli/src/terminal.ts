import type { Terminal } from "@cutover/core";
import { DeployError } from "@cutover/core/errors";
import type { Surroundings } from "./surroundings.ts";

/**
 * Lends the user's terminal, in raw mode, for as long as `use` takes; every key, Ctrl-C too, goes
 * to whoever borrowed it.
 *
 * @throws DeployError USAGE where there is no terminal to lend
 */
export async function withTerminal<Result>(
  { stdin, stdout }: Surroundings,
  use: (terminal: Terminal) => Promise<Result>,
): Promise<Result> {
  if (stdin.isTTY !== true || stdout.isTTY !== true) {
    throw new DeployError("USAGE", {
      cause: "--interactive needs a terminal, and standard input or output is none",
      hint: "Leave --interactive out",
    });
  }
  stdin.setRawMode(true);
  try {
    return await use({
      input: stdin,
      output: stdout,
      size: () => ({ columns: stdout.columns, rows: stdout.rows }),
      onResize: (listener) => {
        stdout.on("resize", listener);
        return () => void stdout.off("resize", listener);
      },
    });
  } finally {
    stdin.setRawMode(false);
    stdin.unref();
  }
}
