import type { Client, ClientChannel } from "ssh2";
import { checkArguments } from "./script.ts";

/** A script of ours that runs on a host for as long as we want it. */
export interface Attendant {
  /**
   * Waits for a line of its output. Others may come before it: a login shell can be made to talk.
   *
   * @returns false when the line `or` came first, or it ended
   */
  says(line: string, or: string): Promise<boolean>;
  /** Tells it something: one line on its standard input. */
  tell(line: string): void;
  /** Ends its input. */
  dismiss(): void;
}

/**
 * Starts a fixed script on a host. Its text is the command, since its standard input is for what it is told.
 *
 * @param text without a single quote
 * @param args may only hold letters, digits and `._/-`
 * @throws RangeError for any other argument, or a quote, since they would pass through a shell
 */
export function startAttendant(client: Client, text: string, args: readonly string[]): Promise<Attendant> {
  checkArguments(args);
  if (text.includes("'")) throw new RangeError("a script with a single quote cannot be quoted");
  return new Promise((resolve, reject) => {
    // In place of the login shell, so that the script's parent is its session.
    client.exec(`exec sh -c '${text}' sh ${args.join(" ")}`, (error, channel) => {
      if (error !== undefined) return reject(error);
      channel.stderr.resume();
      // What is told to one that has ended goes nowhere.
      channel.on("error", () => undefined);
      resolve({
        says: (line, or) => says(channel, line, or),
        tell: (line) => void (channel.writable && channel.write(`${line}\n`)),
        dismiss: () => void channel.end(),
      });
    });
  });
}

function says(channel: ClientChannel, line: string, or: string): Promise<boolean> {
  return new Promise((resolve) => {
    let said = "";
    channel.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      const lines = said.split("\n");
      if (lines.includes(line)) resolve(true);
      if (lines.includes(or)) resolve(false);
    });
    channel.once("close", () => resolve(false));
  });
}
