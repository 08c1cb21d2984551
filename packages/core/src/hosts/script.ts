import type { Client } from "ssh2";

/** How a script ended on a host. */
export interface ScriptResult {
  /** Null when a signal ended it. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs a fixed script on a host with `sh`, the script itself going in by standard input.
 *
 * @param args may only hold letters, digits and `._/-`
 * @throws RangeError for any other argument, since it would pass through a shell
 */
export function runScript(client: Client, text: string, args: readonly string[]): Promise<ScriptResult> {
  checkArguments(args);
  return new Promise((resolve, reject) => {
    client.exec(["sh", "-s", "--", ...args].join(" "), (error, channel) => {
      if (error !== undefined) return reject(error);
      const result: ScriptResult = { exitCode: null, stdout: "", stderr: "" };
      channel.setEncoding("utf8").on("data", (chunk: string) => {
        result.stdout += chunk;
      });
      channel.stderr.setEncoding("utf8").on("data", (chunk: string) => {
        result.stderr += chunk;
      });
      channel.on("exit", (code: number | null) => {
        result.exitCode = code;
      });
      channel.once("close", () => resolve(result));
      channel.end(text);
    });
  });
}

/** @throws RangeError for what a shell could read more into */
export function checkArguments(args: readonly string[]): void {
  const odd = args.find((arg) => !/^[A-Za-z0-9._/-]+$/.test(arg));
  if (odd !== undefined) throw new RangeError(`not an argument for a script: ${odd}`);
}
