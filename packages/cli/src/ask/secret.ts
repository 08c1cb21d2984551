import { Writable } from "node:stream";
import type { Surroundings } from "../surroundings.ts";

/** What happens around a question. */
interface Occasion {
  /** Makes room on the terminal; what it returns gives the room back. */
  makeRoom(): () => void;
  /** Ctrl-C was typed as the answer. */
  interrupted(): void;
}

/**
 * Asks for something secret on the terminal, without showing what is typed. The question goes to
 * standard error.
 *
 * @returns null where standard input or error is no terminal, or Ctrl-C or Ctrl-D is typed
 */
export async function askSecretOnTerminal(
  question: string,
  { stdin, stderr }: Pick<Surroundings, "stdin" | "stderr">,
  occasion: Occasion,
): Promise<string | null> {
  if (stdin.isTTY !== true || stderr.isTTY !== true) return null;
  const { createInterface } = await import("node:readline");
  const giveBack = occasion.makeRoom();
  // What is typed is echoed to here, and nowhere else.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: stdin, output: nowhere, terminal: true, historySize: 0 });
  try {
    stderr.write(question);
    return await new Promise((resolve) => {
      terminal.once("line", resolve);
      terminal.once("close", () => resolve(null));
      terminal.once("SIGINT", () => {
        occasion.interrupted();
        resolve(null);
      });
    });
  } finally {
    terminal.close();
    stderr.write("\n");
    giveBack();
  }
}
